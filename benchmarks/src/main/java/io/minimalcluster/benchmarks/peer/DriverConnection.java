package io.minimalcluster.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/** The requests to a driver, a line each. The answer is a line too. */
public final class DriverConnection {
    static final String RUN = "run";
    static final String START = "start";
    static final String FAILURE = "! ";

    private final BufferedReader answers;
    private final Writer requests;

    public DriverConnection(BufferedReader answers, Writer requests) {
        this.answers = answers;
        this.requests = requests;
    }

    /** Runs a task with this number of arguments repeatedly. There are fewer samples if they take long. */
    public List<Sample> run(PeerTask task, int arguments, int warmUpRounds, int rounds) throws IOException {
        return ask(String.join(
                " ",
                RUN,
                task.name(),
                String.valueOf(arguments),
                String.valueOf(warmUpRounds),
                String.valueOf(rounds)));
    }

    /** Starts a cluster repeatedly. A sample is the time until the value of its first task. */
    public List<Sample> start(int rounds) throws IOException {
        return ask(START + " " + rounds);
    }

    private List<Sample> ask(String request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the driver ended during: " + request);
        }
        if (answer.startsWith(FAILURE)) {
            throw new IOException(answer.substring(FAILURE.length()));
        }
        return Stream.of(answer.split(" ")).map(Sample::of).toList();
    }
}
