package io.minimalcluster.worker.actuator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP server of the worker process. Health is public, all other paths need the worker's own authkey. */
public final class ActuatorServer implements AutoCloseable {
    private static final String BEARER = "Bearer ";
    private static final String HEALTH = "/actuator/health";
    private static final int BACKLOG = 50;
    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    /** Limits of the JDK's server, in connections and seconds, which it reads from system properties. */
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "10");

    private final HttpServer server;

    private ActuatorServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Binds the address without serving it yet.
     *
     * @throws IOException if the address is in use or unknown; names the address
     */
    public static ActuatorServer bind(InetSocketAddress address) throws IOException {
        LIMITS.forEach(System::setProperty);
        try {
            return new ActuatorServer(HttpServer.create(address, BACKLOG));
        } catch (IOException e) {
            throw new IOException("can't listen at " + address + ": " + e.getMessage());
        }
    }

    /**
     * Starts to serve requests. The server keeps the process alive.
     *
     * @param key the worker's own key
     */
    public void serve(KeySource key, ActuatorContent content) {
        server.createContext("/", exchange -> handle(exchange, key, content));
        server.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("actuator-", 0).factory()));
        server.start();
    }

    /** The port that is listened at. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange, KeySource key, ActuatorContent content) throws IOException {
        try (exchange) {
            String path = String.valueOf(exchange.getRequestURI().getPath()); // null if opaque
            if (!isHealth(path) && !hasKey(exchange, key)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                respond(exchange, problem(UNAUTHENTICATED, "The worker's own key is required, as a Bearer token."));
            } else if (exchange.getRequestMethod().matches("GET|HEAD")) {
                Response found = content.at(path);
                respond(exchange, found == null ? problem(NOT_FOUND, "There is no such path.") : found);
            } else {
                respond(exchange, problem(METHOD_NOT_ALLOWED, "Only GET and HEAD are allowed."));
            }
        }
    }

    private static boolean isHealth(String path) {
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    private static boolean hasKey(HttpExchange exchange, KeySource key) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            return header != null && header.startsWith(BEARER) && key.get().matches(header.substring(BEARER.length()));
        } catch (Refused _) {
            return false; // the key file is not readable yet
        }
    }

    private static Response problem(int status, String detail) {
        String title = switch (status) {
            case UNAUTHENTICATED -> "Unauthenticated";
            case NOT_FOUND -> "Not found";
            default -> "Method not allowed";
        };
        return new Response(
                status,
                "application/problem+json",
                Map.of(
                        "type", "/problems/" + title.toLowerCase(Locale.ROOT).replace(' ', '-'),
                        "title", title,
                        "status", status,
                        "detail", detail));
    }

    private static void respond(HttpExchange exchange, Response response) throws IOException {
        byte[] body = new JsonMapper().writeValueAsBytes(response.body());
        exchange.getResponseHeaders().set("Content-Type", response.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
    }

    /** A response with a JSON body. */
    record Response(int status, String type, Object body) {
        static Response json(int status, Object body) {
            return new Response(status, "application/json", body);
        }

        static Response ok(Object body) {
            return json(OK, body);
        }
    }
}
