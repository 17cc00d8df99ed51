package io.minimalcluster.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class MasterSettingsTest {
    private static final String SYSTEM = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    private static final String NAME = "minimalcluster.limits.body-idle-timeout";
    private static final String VARIABLE = "MINIMALCLUSTER_LIMITS_BODYIDLETIMEOUT";
    private static final String FORMER_VARIABLE = "MINIMALCLUSTER_LIMITS_BODYPAUSE";

    private static ConfigurableEnvironment with(Map<String, Object> variables) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(SYSTEM, new SystemEnvironmentPropertySource(SYSTEM, variables));
        ConfigurationPropertySources.attach(environment);
        MasterSettings.acceptFormerNames(environment);
        return environment;
    }

    @Test
    void formerNameOfASettingWorksAndIsLogged(CapturedOutput output) {
        assertThat(with(Map.of(FORMER_VARIABLE, "7s")).getProperty(NAME)).isEqualTo("7s");
        assertThat(output)
                .contains("event=setting.deprecated name=minimalcluster.limits.body-pause replacement=" + NAME);
    }

    @Test
    void newNameOfASettingTakesPrecedence() {
        assertThat(with(Map.of(FORMER_VARIABLE, "7s", VARIABLE, "8s")).getProperty(NAME))
                .isEqualTo("8s");
    }

    @Test
    void currentNameIsNotLogged(CapturedOutput output) {
        assertThat(with(Map.of(VARIABLE, "8s")).getProperty(NAME)).isEqualTo("8s");
        assertThat(output).doesNotContain("event=setting.deprecated");
    }
}
