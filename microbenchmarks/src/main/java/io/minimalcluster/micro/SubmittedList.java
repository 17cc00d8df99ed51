package io.minimalcluster.micro;

import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.argument.ArgumentReader;
import io.minimalcluster.master.job.argument.JsonBodyScanner;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.support.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A list of arguments in the body of a request, and the function that they are for. */
final class SubmittedList {
    private static final ArgumentLimits LIMITS = new ArgumentLimits(
            ByteSize.valueOf("10GB"), Integer.MAX_VALUE, ByteSize.valueOf("16MB"), Integer.MAX_VALUE);

    private final byte[] json;
    private final TargetFunction function;

    SubmittedList(byte[] json, Shape.Kind kind) {
        this.json = json;
        this.function = new TargetFunction(
                "same",
                "Main",
                List.of(new Parameter("x", "Object", new Shape(kind, false, null, null))),
                "Object",
                "same(Object)");
    }

    byte[] json() {
        return json;
    }

    /** Reads the list as the master does, up to the segments that it would store. */
    void read(Consumer<Segment> segments) throws IOException {
        JsonBodyScanner.scan(
                new ByteArrayInputStream(json),
                LIMITS,
                array -> new ArgumentReader(LIMITS, function, segments::accept).read(array));
    }

    List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        read(segments::add);
        return segments;
    }
}
