package io.minimalcluster.client.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.ObjectMapper;

/** Reads server-sent events. It relies on the master's format: one data line an event. */
public final class EventStreamReader {
    private final ObjectMapper json;

    public EventStreamReader(ObjectMapper json) {
        this.json = json;
    }

    /** Passes each event to {@code reader} until the end of the stream. */
    public void read(InputStream input, Consumer<JobEvent> reader) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        String id = "";
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("id:")) {
                id = value;
            } else if (line.startsWith("event:")) {
                name = value;
            } else if (line.startsWith("data:")) {
                reader.accept(new JobEvent(id, name, json.readTree(value)));
            }
        }
    }
}
