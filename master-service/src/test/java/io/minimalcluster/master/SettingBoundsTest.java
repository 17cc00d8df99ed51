package io.minimalcluster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.worker.settings.SettingCheck;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Every number, duration and size among the settings of a master and a worker has bounds. */
class SettingBoundsTest {
    record Setting(String prefix, Class<?> type, String name, String outOfBounds) {
        @Override
        public String toString() {
            return name + "=" + outOfBounds;
        }

        void bind() {
            new Binder(new MapConfigurationPropertySource(Map.of(name, outOfBounds))).bindOrCreate(prefix, type);
        }
    }

    static Stream<Setting> settings() {
        return new ClassFileImporter()
                .importPackages("io.minimalcluster.master", "io.minimalcluster.worker").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> {
                            String prefix = type.getAnnotation(ConfigurationProperties.class)
                                    .value();
                            return settings(prefix, type, prefix, type);
                        });
    }

    private static Stream<Setting> settings(String prefix, Class<?> type, String path, Class<?> record) {
        return Stream.of(record.getRecordComponents()).flatMap(component -> {
            String name = path + "." + DataObjectPropertyName.toDashedForm(component.getName());
            Class<?> each = component.getType();
            if (each.isRecord() && each != ByteSize.class) {
                return settings(prefix, type, name, each);
            }
            return outOfBounds(component).map(value -> new Setting(prefix, type, name, value));
        });
    }

    private static Stream<String> outOfBounds(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Duration.class) {
            return Stream.of("-1s", "100000d");
        }
        if (type == ByteSize.class) {
            return Stream.of("8000000t");
        }
        return List.of(int.class, Integer.class, long.class, Long.class).contains(type) ? Stream.of("-1") : Stream.of();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void valueOutOfBoundsIsRefusedByNameAndRange(Setting setting) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(setting::bind)
                .satisfies(e -> assertThat(SettingCheck.reason(e))
                        .startsWith(setting.name() + " must be between ")
                        .contains(" and ", ", but is "));
    }

    @Test
    void invalidSettingRefusesTheStart() {
        BindException failure = assertThrows(
                BindException.class, () -> settings().findFirst().orElseThrow().bind());

        assertThat(StartupException.in(new IllegalStateException("wrapped by Spring", failure)))
                .hasValueSatisfying(refused -> {
                    assertThat(refused).hasMessage(SettingCheck.reason(failure));
                    assertThat(refused.getExitCode()).isEqualTo(2);
                });
        assertThat(StartupException.in(new IllegalStateException("no setting"))).isEmpty();
    }
}
