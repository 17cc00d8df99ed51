package io.minimalcluster.master.http.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RunningMaster;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Location of Tomcat's folders: the data folder, because a killed process would leave temporary files behind. */
class TomcatFolderTest {
    @TempDir
    Path data;

    @Test
    void tomcatFoldersAreInTheDataFolder() {
        try (RunningMaster master = RunningMaster.start(data)) {
            ServletWebServerApplicationContext context = master.bean(ServletWebServerApplicationContext.class);
            TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());

            assertThat(server.getTomcat().getServer().getCatalinaBase().toPath())
                    .startsWith(data.toAbsolutePath());
            assertThat(server.getTomcat().getHost().findChildren()).isNotEmpty();
            for (Container child : server.getTomcat().getHost().findChildren()) {
                assertThat(Path.of(((Context) child).getDocBase())).startsWith(data.toAbsolutePath());
            }
        }
    }
}
