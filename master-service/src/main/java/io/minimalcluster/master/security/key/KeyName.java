package io.minimalcluster.master.security.key;

import java.util.regex.Pattern;

/** The format of names of keys. Such a name can be a part of a path. */
public final class KeyName {
    /** Description of the format. */
    public static final String FORMAT = "1 to 64 of A-Z a-z 0-9 . _ -, with a letter or digit at both ends";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    private KeyName() {}

    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }
}
