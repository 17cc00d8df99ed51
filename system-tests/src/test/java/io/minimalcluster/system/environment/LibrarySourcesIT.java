package io.minimalcluster.system.environment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Form;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Loads the sources of common libraries as environments, and calls their functions with known values. */
@UseShared(Cluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibrarySourcesIT {
    private static final Path SOURCES = Path.of("target", "sources");

    private final Map<String, String> environments = new ConcurrentHashMap<>();
    private final Api api;

    LibrarySourcesIT(Cluster cluster) {
        this.api = cluster.api();
    }

    /** The sources whose jars have a name that begins with a prefix, as the source parts of a form. */
    private static Form sources(String prefix, Predicate<String> isIncluded) throws IOException {
        Form form = new Form();
        for (Path jar : files("commons-" + prefix, "-sources.jar")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                    ZipEntry entry = all.nextElement();
                    String name = entry.getName();
                    if (name.endsWith(".java") && !name.endsWith("-info.java") && isIncluded.test(name)) {
                        form.file("source", name, zip.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        return form;
    }

    private static List<Path> files(String prefix, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(SOURCES)) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private Form library(String name) throws IOException {
        return switch (name) {
            // these classes do not compile since Java 21, which added methods to List and SortedMap
            case "collections4" -> sources(name, file -> !file.matches(".*/(\\w*LinkedList|\\w*PatriciaTrie)\\.java"));
            case "text" -> textLibrary();
            default -> sources(name, _ -> true);
        };
    }

    /** Needs another library as a jar. One of its sources is not UTF-8. */
    private static Form textLibrary() throws IOException {
        String table = "org/apache/commons/text/translate/EntityArrays.java";
        Form form = sources("text", file -> !file.equals(table));
        try (ZipFile zip =
                new ZipFile(files("commons-text", "-sources.jar").getFirst().toFile())) {
            byte[] content = zip.getInputStream(zip.getEntry(table)).readAllBytes();
            form.file("source", table, new String(content, ISO_8859_1));
        }
        return form.file(
                "library",
                "commons-lang3.jar",
                Files.readAllBytes(files("commons-lang3", "0.jar").getFirst()));
    }

    private String environment(String library) {
        return environments.computeIfAbsent(library, name -> {
            try {
                JsonNode loaded = library(name).post(api, "/environments").json();
                assertThat(loaded.path("id").asString("")).as("%s", loaded).isNotEmpty();
                return loaded.path("id").asString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "codec | DigestUtils.sha256Hex(String) | 'abc' | 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'",
                "codec | DigestUtils.md5Hex(byte[]) | [] | 'd41d8cd98f00b204e9800998ecf8427e'",
                "codec | Hex.encodeHexString(byte[]) | [1,-1] | '01ff'",
                "codec | Base64.decodeBase64(String) | 'Zm9v' | [102,111,111]",
                "codec | Soundex.encode(String) | 'Rupert' | 'R163'",
                "codec | ColognePhonetic.colognePhonetic | 'Müller-Lüdenscheidt' | '65752682'",
                "codec | DoubleMetaphone.doubleMetaphone(String) | 'Smith' | 'SM0'",
                "collections4 | CollectionUtils.subtract(Iterable,Iterable) | [[1,2,2],[2]] | [1,2]",
                "collections4 | CollectionUtils.getCardinalityMap | ['a','b','a'] | {'a':2,'b':1}",
                "collections4 | CollectionUtils.isSubCollection | [['x'],['x','y']] | true",
                "collections4 | CollectionUtils.permutations | [1,2] | [[1,2],[2,1]]",
                "collections4 | ListUtils.longestCommonSubsequence(CharSequence,CharSequence) | ['ABCBDAB','BDCABA'] | 'BCBA'",
                "collections4 | ListUtils.partition(List,int) | [[1,2,3],2] | [[1,2],[3]]",
                "collections4 | SetUtils.union | [[1,2],[2,3]] | [1,2,3]",
                "collections4 | MapUtils.invertMap | {'a':'b'} | {'b':'a'}",
                "csv | CSVFormat.trim(CharSequence) | ' a ' | 'a'",
                "lang3 | StringUtils.reverse(String) | 'äö' | 'öä'",
                "lang3 | StringUtils.getLevenshteinDistance(CharSequence,CharSequence) | ['kitten','sitting'] | 3",
                "lang3 | StringUtils.join(Iterable<?>,String) | [[1,2.5,null],'-'] | '1-2.5-'",
                "lang3 | StringUtils.leftPad(String,int,char) | ['7',3,'0'] | '007'",
                "lang3 | ArrayUtils.addAll(int[],int...) | [[1,2],[3]] | [1,2,3]",
                "lang3 | ArrayUtils.contains(long[],long) | [[1,2],2] | true",
                "lang3 | Conversion.intToHexDigit | 11 | 'b'",
                "lang3 | DurationFormatUtils.formatDurationHMS | 3661001 | '01:01:01.001'",
                "lang3 | LocaleUtils.toLocale(java.lang.String) | 'en_GB' | 'en-GB'",
                "lang3 | NumberUtils.createNumber | '12345678901234567890' | 12345678901234567890",
                "lang3 | NumberUtils.max(int...) | [3,9,4] | 9",
                "lang3 | org.apache.commons.lang3.tuple.Pair.of(Object,Object) | [1,'a'] | {'left':1,'right':'a'}",
                "numbers | ArithmeticUtils.gcd(int,int) | [54,24] | 6",
                "numbers | ArithmeticUtils.pow(BigInteger,int) | [10,30] | 1000000000000000000000000000000",
                "numbers | BinomialCoefficient.value | [49,6] | 13983816",
                "numbers | Complex.parse | '(3.0,4.0)' | {'imaginary':4.0,'real':3.0}",
                "numbers | Factorial.value | 20 | 2432902008176640000",
                "numbers | Gamma.value | 5 | 24.0",
                "numbers | Primes.primeFactors | 360 | [2,2,2,3,3,5]",
                "numbers | Stirling.stirlingS2 | [5,2] | 15",
                "text | LevenshteinDistance.apply(CharSequence,CharSequence) | ['kitten','sitting'] | 3",
                "text | HammingDistance.apply(CharSequence,CharSequence) | ['karolin','kathrin'] | 3",
                "text | WordUtils.capitalizeFully(String) | 'hello wORLD' | 'Hello World'",
                "text | CaseUtils.toCamelCase(String,boolean,char...) | ['to camel case',false,[' ']] | 'toCamelCase'",
                "text | StringEscapeUtils.escapeHtml4 | '<é>' | '&lt;&eacute;&gt;'",
            })
    void functionsOfLibrariesHaveTheirKnownValues(String library, String method, String argument, String value) {
        String job = api.submit(environment(library), method, "[" + json(argument) + "]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();

        assertThat(Json.read(api.values(job))).isEqualTo(Json.read("[" + json(value) + "]"));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    @Test
    void severalHundredSourcesCompile() throws IOException {
        int sources = 0;
        for (String library : List.of("codec", "collections4", "csv", "lang3", "numbers", "text")) {
            JsonNode all = api.get("/environments/" + environment(library) + "/sources")
                    .expect(200)
                    .json();
            sources += all.path("sources").size();
        }

        assertThat(sources).isGreaterThan(700);
    }

    @Test
    void sourceOfAnotherEncodingIsNamed() {
        JsonNode problem = new Form()
                .file("source", "a/Good.java", "package a; class Good {}")
                .file("source", "a/Bad.java", "package a; class Bad { String s = \"é\"; }".getBytes(ISO_8859_1))
                .post(api, "/environments")
                .problem(400, "malformed-request");
        assertThat(problem.path("detail").asString()).contains("a/Bad.java", "UTF-8");
    }
}
