package io.minimalcluster.worker.launch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRuntimeCacheTest {
    private static final String KIND = "executor";

    @TempDir
    private Path folder;

    private Path jar;
    private Path cache;

    /** The training run records a cache under a temporary name. */
    @BeforeEach
    void train() throws IOException {
        jar = Files.writeString(folder.resolve("task-runtime-1.jar"), "classes");
        cache = folder.resolve("trained.aot");
        Path recorded = Files.writeString(folder.resolve("trained.aot.new"), "cache");
        TaskRuntimeCache.writeStamp(cache, recorded, jar);
        Files.move(recorded, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void cacheOfTheJarIsUsed() throws IOException {
        TaskRuntimeCache.copyNextTo(jar, KIND, cache);
        assertThat(TaskRuntimeCache.beside(jar, KIND)).hasContent("cache");
    }

    @Test
    void cacheWithoutAStampIsNotUsed() throws IOException {
        TaskRuntimeCache.copyNextTo(jar, KIND, Files.writeString(folder.resolve("unknown.aot"), "cache"));
        assertThat(TaskRuntimeCache.beside(jar, KIND)).doesNotExist();
    }

    @Test
    void cacheOfAnotherJarIsNotUsed() throws IOException {
        Path rebuilt = Files.writeString(folder.resolve("task-runtime-2.jar"), "other classes");
        Files.writeString(TaskRuntimeCache.beside(rebuilt, KIND), "a copy of an earlier release");
        TaskRuntimeCache.copyNextTo(rebuilt, KIND, cache);
        assertThat(TaskRuntimeCache.beside(rebuilt, KIND)).doesNotExist();
    }

    @Test
    void oldCachesOfOtherJarsAreDeleted() throws IOException {
        TaskRuntimeCache.copyNextTo(jar, KIND, cache);
        Path own = TaskRuntimeCache.beside(jar, KIND);
        Path old = Files.writeString(folder.resolve("task-runtime-2.jar-executor-25.aot"), "an earlier release");
        Path recent = Files.writeString(folder.resolve("task-runtime-3.jar-executor-25.aot"), "another release");
        for (Path file : List.of(own, old)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        }

        TaskRuntimeCache.deleteOld(jar);

        assertThat(own).exists();
        assertThat(recent).exists();
        assertThat(old).doesNotExist();
    }
}
