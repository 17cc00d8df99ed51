package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.UnsupportedProtocol;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validates requests of workers. */
final class WorkerValidator {
    static final int MAX_SLOTS = 1024;

    private static final int MIN_JAVA = 25;

    /** The previous version is served too, so that masters can be upgraded before workers. Version 1 was the first. */
    private static final int MIN_PROTOCOL = Math.max(1, NewWorker.PROTOCOL - 1);

    private static final int TEXT = 200;
    private static final int LABELS = 50;
    private static final int MAX_HELD = 4 * MAX_SLOTS;

    private WorkerValidator() {}

    static void check(NewWorker worker) {
        if (worker.protocol() > NewWorker.PROTOCOL || worker.protocol() < MIN_PROTOCOL) {
            throw new UnsupportedProtocol(
                    "This master supports protocol " + NewWorker.PROTOCOL + ", not " + worker.protocol() + ".");
        }
        if (major(worker.javaVersion()) < MIN_JAVA) {
            throw new UnsupportedProtocol("A worker needs Java " + MIN_JAVA + " or later.");
        }
        if (worker.slots() < 1 || worker.slots() > MAX_SLOTS) {
            throw new InvalidOption("slots", "1 to " + MAX_SLOTS, "A worker has 1 to " + MAX_SLOTS + " slots.");
        }
        text("name", worker.name());
        text("version", worker.version());
        if (worker.host() != null) {
            text("host", worker.host());
        }
        if (worker.replaces() != null) {
            text("replaces", worker.replaces().value());
        }
        if (worker.isolation() == null) {
            throw Malformed.field("isolation", "isolation is missing.");
        }
        if (worker.memoryBytes() != null && worker.memoryBytes() < 0) {
            throw Malformed.field("memoryBytes", "memoryBytes is not below 0.");
        }
        labels(worker.labels());
    }

    private static int major(@Nullable String version) {
        text("javaVersion", version);
        try {
            return Runtime.Version.parse(String.valueOf(version)).feature();
        } catch (IllegalArgumentException e) {
            throw Malformed.field("javaVersion", "javaVersion is not a Java version.");
        }
    }

    private static void labels(@Nullable Map<String, String> labels) {
        if (labels == null) {
            throw Malformed.field("labels", "labels is missing.");
        }
        if (labels.size() > LABELS) {
            throw new InvalidOption("labels", "at most " + LABELS, "There are too many labels.");
        }
        labels.forEach((name, value) -> {
            text("labels", name);
            text("labels", value);
        });
    }

    private static void text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Malformed.field(field, field + " is missing.");
        }
        if (value.length() > TEXT || value.chars().anyMatch(Character::isISOControl)) {
            throw Malformed.field(field, field + " has at most " + TEXT + " characters, and no control characters.");
        }
    }

    static void check(PollRequest poll) {
        text("requestId", poll.requestId());
        if (poll.slots() < 0 || poll.slots() > 2 * MAX_SLOTS) {
            throw new InvalidOption(
                    "slots", "0 to " + 2 * MAX_SLOTS, "A poll asks for 0 to " + 2 * MAX_SLOTS + " batches.");
        }
        if (poll.held() == null || poll.held().size() > MAX_HELD) {
            throw Malformed.field("held", "held names at most " + MAX_HELD + " leases.");
        }
    }
}
