package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HttpSettingsTest {
    private static HttpSettings bind(String requestBytes) {
        Map<String, String> settings = Map.of("minimalcluster.limits.request-bytes", requestBytes);
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("minimalcluster", HttpSettings.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64m", "64M", "64MB", "64 MiB", "67108864", "65536k"})
    void sizesAcceptCommonUnitSuffixes(String size) {
        assertThat(bind(size).limits().requestBytes().bytes()).isEqualTo(64L * 1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64x", "-1", "1023", "2g", "lots"})
    void invalidSizesAreRejected(String size) {
        assertThatThrownBy(() -> bind(size)).isInstanceOf(BindException.class);
    }
}
