package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.TargetFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a bundle, a reproducible jar. Entries are sorted, have a fixed time and are stored, because the output of
 * compression varies between platforms.
 */
final class BundleWriter {
    private static final String FUNCTIONS = "META-INF/minimalcluster/functions.json";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final JsonMapper JSON = new JsonMapper();

    private BundleWriter() {}

    static byte[] of(SortedMap<String, byte[]> classes, List<TargetFunction> functions) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        classes.forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
        entries.put(FUNCTIONS, JSON.writeValueAsBytes(functions));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(stored(entry.getKey(), entry.getValue()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(TIME);
        return entry;
    }
}
