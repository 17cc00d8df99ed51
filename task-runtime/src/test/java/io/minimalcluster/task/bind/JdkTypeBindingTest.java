package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other types of the JDK. The fields are types whose values are returned as they are. */
@SuppressWarnings({"unused", "UnusedVariable", "NullAway.Init", "OptionalUsedAsFieldOrParameterType"})
class JdkTypeBindingTest {
    private static DayOfWeek day;
    private static UUID uuid;
    private static URI uri;
    private static Path path;
    private static File file;
    private static URL url;
    private static Date dateOfUtil;
    private static Locale locale;
    private static Currency currency;
    private static Pattern pattern;
    private static Instant instant;
    private static LocalDate date;
    private static LocalTime time;
    private static LocalDateTime dateTime;
    private static OffsetTime offsetTime;
    private static OffsetDateTime offsetDateTime;
    private static ZonedDateTime zonedDateTime;
    private static Duration duration;
    private static Period period;
    private static Year year;
    private static YearMonth yearMonth;
    private static MonthDay monthDay;
    private static Month month;
    private static ZoneId zone;
    private static ZoneOffset offset;
    private static Optional<Integer> optional;
    private static Optional<Duration> optionalDuration;
    private static OptionalInt optionalInt;
    private static OptionalLong optionalLong;
    private static OptionalDouble optionalDouble;
    private static BitSet bits;
    private static Random random;
    private static Thread thread;
    private static Runnable runnable;
    private static Exception exception;

    private final TestFunctions functions = new TestFunctions(JdkTypeBindingTest.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            day         | "MONDAY"
            day         | null
            uuid        | "123e4567-e89b-12d3-a456-426614174000"
            uri         | "https://example.org/a?b=c#d"
            path        | "a/b c"
            path        | "/"
            path        | ""
            file        | "a/b c"
            url         | "https://example.org/a?b=c#d"
            dateOfUtil  | "2026-02-28T12:34:56.789Z"
            locale      | "de-CH"
            currency    | "EUR"
            pattern     | "a+b"
            instant     | "2026-01-01T00:00:00.123456789Z"
            date        | "2026-02-28"
            time        | "12:34:56.789"
            dateTime    | "2026-02-28T12:34"
            offsetTime  | "12:34+01:00"
            offsetDateTime | "2026-02-28T12:34+01:00"
            zonedDateTime | "2026-02-28T12:34+01:00[Europe/Berlin]"
            duration    | "PT1M30S"
            duration    | null
            period      | "P1Y2M3D"
            year        | "2026"
            yearMonth   | "2026-02"
            monthDay    | "--02-28"
            month       | "MAY"
            zone        | "Europe/Berlin"
            offset      | "+01:00"
            optional    | 5
            optional    | null
            optionalDuration | "PT1S"
            optionalInt | 5
            optionalInt | null
            optionalLong | 5
            optionalDouble | 0.5
            optionalDouble | "NaN"
            optionalDouble | null
            bits        | [0,3,64]
            bits        | []
            bits        | null
            random      | null
            """)
    void typesRoundTrip(String type, String json) {
        assertThat(functions.call(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            duration     | "PT90S" | "PT1M30S"
            optional     | 5.0 | 5
            optionalInt  | 1e2 | 100
            optionalLong | 1.0 | 1
            bits         | [3,1,3] | [1,3]
            """)
    void otherNotationsAreRead(String type, String json, String result) {
        assertThat(functions.call(type, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            day | "Monday" | x: DayOfWeek is one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, not "Monday"
            day | "" | x: DayOfWeek is one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, not ""
            instant | "yesterday" | x: an Instant needs a string in ISO 8601 form, not "yesterday"
            instant | "" | x: an Instant needs a string in ISO 8601 form, not ""
            instant | 1700000000 | x: an Instant needs a string, not 1700000000
            date | [2026,1,1] | x: a LocalDate needs a string, not an array
            date | "2026-02-30" | x: a LocalDate needs a string in ISO 8601 form, not "2026-02-30"
            year | 2026 | x: a Year needs a string, not 2026
            uuid | "x" | x: no UUID: "x"
            uuid | "" | x: an UUID can not be read from ""
            uuid | 5 | x: an UUID can not be read from 5
            uuid | {} | x: an UUID can not be read from an object
            uri | 5 | x: an URI can not be read from 5
            uri | "" | x: an URI can not be read from ""
            path | 5 | x: a Path needs a string, not 5
            path | "\\u0000" | x: no Path: Nul character not allowed
            pattern | true | x: a Pattern can not be read from true
            pattern | "(" | x: no Pattern: "("
            optional | "5" | x: an int takes whole numbers from -2147483648 to 2147483647, not "5"
            optionalInt | "5" | x: an int takes whole numbers from -2147483648 to 2147483647, not "5"
            optionalInt | 2147483648 | x: an int takes whole numbers from -2147483648 to 2147483647, not 2147483648
            bits | [-1] | x: a BitSet takes indexes from 0, not -1
            bits | 5 | x: an array is needed, not 5
            random | {"seed":5} | x: a Random can not be read from an object
            random | 5 | x: a Random can not be read from 5
            thread | {} | x: a Thread can not be read from an object
            runnable | {} | x: a Runnable can not be read from an object
            exception | {"message":"m"} | x: an Exception can not be read from an object
            """)
    void mismatchesAreRejected(String type, String json, String message) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }
}
