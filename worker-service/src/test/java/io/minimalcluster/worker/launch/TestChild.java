package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.FrameStreams;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A forked JVM that executes the command in the body of each frame, and responds with its result. */
final class TestChild {
    private TestChild() {}

    public static void main(String[] args) throws Exception {
        FrameStreams streams = FrameStreams.open();
        PrintStream frames = new PrintStream(streams.out());
        TaskStateFile taskState = TaskStateFile.open(Path.of(args[0]));
        try {
            Frame.of(FrameKind.READY).writeTo(frames);
            while (true) {
                Frame frame = Frame.readFrom(streams.in(), 1_000_000);
                String answer = answer(new String(frame.body(), StandardCharsets.UTF_8), taskState, frames);
                new Frame(FrameKind.PART, new byte[0], answer.getBytes(StandardCharsets.UTF_8)).writeTo(frames);
            }
        } catch (EOFException end) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static String answer(String command, TaskStateFile taskState, PrintStream frames) {
        List<String> words = Arrays.asList(command.split(" "));
        try {
            return answer(words.getFirst(), words.getLast(), taskState, frames);
        } catch (IOException | InterruptedException refused) {
            return refused.toString();
        }
    }

    private static String answer(String verb, String object, TaskStateFile taskState, PrintStream frames)
            throws IOException, InterruptedException {
        return switch (verb) {
            case "environment" -> String.join(",", System.getenv().keySet());
            case "property" -> System.getProperty(object, "");
            case "arguments" ->
                String.join(" ", ProcessHandle.current().info().arguments().orElse(new String[0]));
            case "start" -> {
                taskState.start(Long.parseLong(object));
                yield "started";
            }
            case "read" -> Files.readString(Path.of(object));
            case "head" -> head(Path.of(object));
            case "links" -> links(Path.of(object));
            case "list" -> list(Path.of(object));
            case "write" -> Files.write(Path.of(object), new byte[1]).toString();
            case "fill" -> fill(Path.of(object));
            case "host" -> InetAddress.getLocalHost().getHostName();
            case "text" -> paintText();
            case "run" -> output(object);
            case "connect" -> connect(Integer.parseInt(object));
            case "spawn" -> spawn(List.of("sleep", "1000"));
            case "orphan" -> spawn(List.of("sh", "-c", "setsid sleep " + object + " & exit"));
            case "attacks" -> Attacks.all(object);
            case "calls" -> SystemCalls.errors(object);
            case "truncate" -> truncate(Path.of(object));
            case "signal" -> spawn(List.of("kill", "-9", object));
            case "threads" -> threads(Integer.parseInt(object));
            case "heap" -> heap();
            case "halt" -> {
                Runtime.getRuntime().halt(Integer.parseInt(object));
                yield "";
            }
            case "linger" -> linger();
            case "flood" -> flood();
            case "say" -> {
                System.err.println(object);
                yield "said";
            }
            case "garbage" -> {
                frames.print(object + object + object);
                frames.flush();
                yield "";
            }
            default -> "unknown command";
        };
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(16).length + " bytes";
        }
    }

    private static String list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().collect(Collectors.joining(" "));
        }
    }

    private static String links(Path folder) throws IOException {
        List<String> targets = new ArrayList<>();
        for (String link : list(folder).split(" ", -1)) {
            if (Files.isSymbolicLink(Path.of(link))) {
                targets.add(Files.readSymbolicLink(Path.of(link)).toString());
            }
        }
        return String.join(" ", targets);
    }

    private static String fill(Path file) throws IOException {
        byte[] block = new byte[1024 * 1024];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        }
        return "filled";
    }

    private static String truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        return "truncated";
    }

    /** Paints text. Returns the fraction of the picture that is not white, in percent. */
    private static String paintText() {
        BufferedImage picture = new BufferedImage(100, 30, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 100, 30);
        graphics.setColor(Color.BLACK);
        graphics.drawString("minimal", 5, 20);
        int painted = 0;
        for (int i = 0; i < 3000; i++) {
            painted += picture.getRGB(i % 100, i / 100) == Color.WHITE.getRGB() ? 0 : 1;
        }
        return "painted " + (painted > 30);
    }

    private static String output(String program) throws IOException {
        Process process = new ProcessBuilder(program).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String connect(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return "connected to " + socket.getPort();
        }
    }

    private static String spawn(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        if (!command.getFirst().equals("sleep")) {
            return "exit code " + process.waitFor();
        }
        return String.valueOf(process.pid());
    }

    private static String threads(int count) {
        CountDownLatch blocked = new CountDownLatch(1);
        for (int i = 0; i < count; i++) {
            try {
                Thread.ofPlatform().daemon().start(() -> await(blocked));
            } catch (OutOfMemoryError refused) {
                return "refused";
            }
        }
        return "all started";
    }

    private static String heap() {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < 1_000_000) {
            all.add(new byte[1024 * 1024]);
        }
        return "endless: " + all.size();
    }

    private static String linger() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(new CountDownLatch(1))));
        System.exit(0);
        return "";
    }

    private static String flood() {
        String line = "x".repeat(1000);
        for (int i = 0; i < 100_000; i++) {
            System.err.println(line);
        }
        return "flooded";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
