package io.minimalcluster.master.backup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of backups: {@code minimalcluster.backup}.
 *
 * @param keep number of retained backups; a new backup deletes older ones
 */
@Validated
@ConfigurationProperties("minimalcluster.backup")
record BackupSettings(@DefaultValue("3") @Min(1) @Max(1000) int keep) {}
