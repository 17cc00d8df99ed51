package io.minimalcluster.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Stream;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests back-pressure: slow readers whose unread responses together exceed the master's heap of 256 MB. */
@Timeout(300)
@UseShared(MasterProcess.class)
class SlowReaderIT {
    private static final int PARTS = 60;
    private static final int VALUES = 10;
    private static final int VALUE_BYTES = 100_000;
    private static final int READERS = 6;

    @Test
    void slowReadersUseBoundedMemory(MasterProcess master) throws IOException {
        Api api = master.api();
        String job = api.start(
                "String large(long x) { return null; }",
                "large",
                "{\"range\":{\"from\":0,\"to\":" + PARTS * VALUES + "}}",
                "{\"batchSize\":" + PARTS * VALUES + "}");
        recordAll(RawWorker.register(api, "w"));

        List<Stream> open = new ArrayList<>();
        for (String call : List.of("values", "values?as=map", "results", "results?follow=true", "results", "values")) {
            open.add(api.stream("/jobs/" + job + "/" + call, Map.of()));
        }
        long[] read = new long[READERS];
        byte[] buffer = new byte[256 * 1024];
        boolean any = true;
        while (any) { // round-robin: while one stream is read, the others wait
            any = false;
            for (int i = 0; i < READERS; i++) {
                int got = readSome(open.get(i).input(), buffer);
                read[i] += got;
                any |= got > 0;
            }
        }

        assertThat(LongStream.of(read).min().orElseThrow()).isGreaterThan((long) PARTS * VALUES * VALUE_BYTES);
        api.get("/jobs").expect(200);
        assertThat(master.program().output()).doesNotContain("OutOfMemory");
    }

    private static int readSome(InputStream input, byte[] buffer) throws IOException {
        return input.readNBytes(buffer, 0, buffer.length);
    }

    private static void recordAll(RawWorker worker) {
        String lease = worker.takeBatch().path("leaseId").asString();
        String value = "\"" + "x".repeat(VALUE_BYTES) + "\"";
        String part = (value + ",").repeat(VALUES - 1) + value;
        for (int i = 0; i < PARTS; i++) {
            worker.results(lease, (long) i * VALUES, VALUES, part, i == PARTS - 1)
                    .expect(200);
        }
    }
}
