package io.minimalcluster.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The web layer of a master that listens on a free port. */
public final class RunningMaster implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path data;

    private RunningMaster(ConfigurableApplicationContext context, Path data) {
        this.context = context;
        this.data = data;
    }

    public static RunningMaster start(Path data, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--minimalcluster.data=" + data);
        arguments.add("--server.port=0");
        arguments.add(
                "--management.endpoint.health.validate-group-membership=false"); // its health groups belong to features
        return new RunningMaster(
                new SpringApplicationBuilder(WebOnly.class).run(arguments.toArray(String[]::new)), data);
    }

    public int port() {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /** A bean of the application context, or the context itself. */
    public <T> T bean(Class<T> type) {
        return type.isInstance(context) ? type.cast(context) : context.getBean(type);
    }

    public RawRequest call(String method, String target) {
        return RawRequest.to(port(), method, target);
    }

    /** A request with the key that has all roles. */
    public RawRequest authorized(String method, String target) throws IOException {
        return call(method, target).key(authkey());
    }

    public String authkey() throws IOException {
        return Files.readString(data.resolve("authkey")).strip();
    }

    public String workerKey() throws IOException {
        return Files.readString(data.resolve("worker.key")).strip();
    }

    @Override
    public void close() {
        context.close();
    }
}
