package io.minimalcluster.client.cli.output;

/** The colours of a terminal. Without colours the text stays unchanged. */
public enum Style {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("36"),
    NONE("");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** Colours a text that has no control characters. */
    public String on(String text) {
        return this == NONE ? text : "\033[" + code + "m" + text + "\033[0m";
    }

    /** The style of a state of a job, task or worker, and of a diagnostic; none for any other text. */
    public static Style of(String state) {
        return switch (state) {
            case "SUCCEEDED", "ACTIVE" -> GREEN;
            case "FAILED", "LOST", "error" -> RED;
            case "RUNNING" -> BLUE;
            case "PAUSED", "CANCELLED", "DRAINING", "SILENT", "warning" -> YELLOW;
            case "QUEUED", "PENDING", "GONE" -> DIM;
            default -> NONE;
        };
    }
}
