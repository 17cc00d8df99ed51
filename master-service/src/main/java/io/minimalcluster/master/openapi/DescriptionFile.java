package io.minimalcluster.master.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the YAML files below {@code openapi/}. */
final class DescriptionFile {
    private DescriptionFile() {}

    /** The entries of a file by their keys, in the order of the file. */
    static Map<String, Map<String, Object>> read(String path) throws IOException {
        return read(new ClassPathResource(path));
    }

    static Map<String, Map<String, Object>> read(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        }
    }
}
