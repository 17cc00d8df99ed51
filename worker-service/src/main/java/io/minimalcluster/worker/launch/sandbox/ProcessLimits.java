package io.minimalcluster.worker.launch.sandbox;

/**
 * The limits of a child beside its memory.
 *
 * @param processes threads and processes together; not limited at isolation level {@code process}
 * @param openFiles of each process
 * @param fileBytes the longest file
 * @param tmpBytes the size of the folder for temporary files; not limited at isolation level {@code process}, and at
 *     {@code uid} only where this process may mount file systems
 */
public record ProcessLimits(int processes, int openFiles, long fileBytes, long tmpBytes) {
    private static final long MEBIBYTE = 1024 * 1024;

    /** The limits of children whose code is trusted. */
    public static final ProcessLimits DEFAULT = new ProcessLimits(1024, 1024, 64 * MEBIBYTE, 64 * MEBIBYTE);
}
