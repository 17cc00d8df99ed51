package io.minimalcluster.master.job.argument;

import tools.jackson.databind.json.JsonMapper;

/** Names of members in JSON text. */
final class JsonNames {
    private JsonNames() {}

    /** Clients may escape any character of a name, and many escape all non-ASCII characters. */
    static String unescaped(String name) {
        return name.indexOf('\\') < 0 ? name : JsonMapper.shared().readValue('"' + name + '"', String.class);
    }
}
