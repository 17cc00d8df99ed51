package io.minimalcluster.task.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceNamingTest {
    private static final Javac JAVAC = new Javac();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public class Pi {}|Pi.java",
                "package com.acme; public final class Pi {}|Pi.java",
                "class Other {} public record Point(int x) {}|Point.java",
                "/* public class No {} */ public enum E { A }|E.java",
                "String s = \"public class No {}\"; int f(int x) { return x; }|Main.java",
                "public int f(int x) { return x; } public record R() {}|Main.java",
                "class Pi {}|Main.java",
                "public class Pi { int f( }|Pi.java",
                "no java at all|Main.java",
                "''|Main.java"
            })
    void sourceIsNamedAfterItsPublicTypeOrMain(String source, String name) {
        assertThat(SourceNaming.of(JAVAC, source).name()).isEqualTo(name);
    }
}
