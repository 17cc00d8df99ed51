package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@UseShared(QuietMaster.class)
class StartRefusedIT {
    private static String outputOfFailedStart(Folder folder, String name, List<String> command) {
        try (Program program = Program.start(name, command, folder.path("."))) {
            assertThat(program.exitCode(Await.LONG)).as(program.tail()).isEqualTo(2);
            assertThat(program.output()).as("no stack trace").doesNotContain("\tat ");
            return program.output();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--minimalcluster.lease.durration=5s|did you mean minimalcluster.lease.duration?",
                "--minimalcluster.lease.heartbeat=10s|minimalcluster.lease.heartbeat must be between",
                "--minimalcluster.streams.most=0|minimalcluster.streams.max-open must be between"
            })
    void invalidSettingsAreReportedInOneLine(String setting, String named) {
        try (Folder folder = Folder.create("refused")) {
            List<String> settings = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--minimalcluster.data=" + folder.path("data"),
                    "--minimalcluster.local-worker.enabled=false"));
            settings.add(setting);

            assertThat(outputOfFailedStart(folder, "master", Installation.master(settings)))
                    .contains(named);
        }
    }

    @Test
    void masterWithoutTlsOnAPublicAddressDoesNotStart() {
        try (Folder folder = Folder.create("refused");
                Program master = Program.start(
                        "master",
                        Installation.master(List.of(
                                "--server.port=0",
                                "--server.address=0.0.0.0",
                                "--minimalcluster.data=" + folder.path("data"),
                                "--minimalcluster.local-worker.enabled=false")),
                        folder.path("."))) {
            assertThat(master.exitCode(Await.LONG)).as(master.tail()).isEqualTo(2);
            assertThat(master.output())
                    .contains("minimalcluster.allow-plaintext")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void misspeltSettingGetsASuggestion() {
        try (Folder folder = Folder.create("refused")) {
            assertThat(outputOfFailedStart(
                            folder,
                            "worker",
                            Installation.worker(
                                    List.of("--minimalcluster.worker.slot=2", "--minimalcluster.authkey=k"))))
                    .contains("minimalcluster.worker.slots");
        }
    }

    @Test
    void workerWithAWrongKeyExits(QuietMaster master) {
        try (Folder folder = Folder.create("refused");
                Program worker = Program.start(
                        "worker",
                        Installation.worker(List.of(
                                "--minimalcluster.master-url=" + master.url(),
                                "--minimalcluster.authkey=wrong",
                                "--minimalcluster.executor.minimum-isolation=process")),
                        folder.path("."))) {
            assertThat(worker.exitCode(Await.LONG)).isEqualTo(2);
            assertThat(worker.output()).contains("key").doesNotContain("\tat ").doesNotContain("wrong");
        }
    }
}
