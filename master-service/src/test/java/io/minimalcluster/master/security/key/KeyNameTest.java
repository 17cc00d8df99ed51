package io.minimalcluster.master.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.security.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNameTest {
    private static final String SHA256 = "0".repeat(64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "7",
                "a.b",
                "a-b_c",
                "A9",
                "a..b",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void nameWithLettersOrDigitsAtBothEndsIsValid(String name) {
        assertThat(KeyName.isValid(name)).isTrue();
        assertThat(new KeySettings.NamedKey(name, Role.CLIENT, SHA256, null).name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "-",
                "_",
                "a.",
                ".a",
                "-a",
                "a-",
                "a_",
                "a b",
                "a/b",
                "ä",
                "a\n",
                "a\0b",
                "a;b",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void otherNameIsInvalidInCallsAndSettings(String name) {
        assertThat(KeyName.isValid(name)).isFalse();
        assertThatThrownBy(() -> new KeySettings.NamedKey(name, Role.CLIENT, SHA256, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
