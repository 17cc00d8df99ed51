package io.minimalcluster.master.backup;

import io.minimalcluster.model.cluster.Backup;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Endpoint that creates a backup. */
@RestController
class BackupController {
    private final CreateBackup makeBackup;

    BackupController(CreateBackup makeBackup) {
        this.makeBackup = makeBackup;
    }

    @PostMapping("/api/v1/cluster/backup")
    @ResponseStatus(HttpStatus.CREATED)
    Backup make() {
        return makeBackup.make();
    }
}
