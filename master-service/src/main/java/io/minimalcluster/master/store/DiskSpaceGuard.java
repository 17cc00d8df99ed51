package io.minimalcluster.master.store;

import static io.minimalcluster.model.support.ByteSize.MEBIBYTE;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the free disk space of the data folder. New uploads are rejected while space is low. Results are still
 * written, in the end into the reserved space.
 */
public final class DiskSpaceGuard {
    private static final Logger log = LoggerFactory.getLogger(DiskSpaceGuard.class);
    private static final long DISK_SHARE = 4;
    private static final long RESERVE_THRESHOLD = 4 * MEBIBYTE;

    private final Path folder;
    private final long minFree;
    private final ReservedDiskSpace reservedSpace;

    private volatile boolean isReserveUsed;
    private volatile long reusable;
    private boolean wasLow;

    public DiskSpaceGuard(Path folder, DiskSpaceSettings settings) {
        this.folder = folder;
        this.minFree = settings.minFree().bytes();
        this.reservedSpace = new ReservedDiskSpace(
                folder.resolve("reserve"), settings.reserve().bytes());
    }

    /** Usable bytes of the file system. */
    public long usableBytes() {
        return folder.toFile().getUsableSpace();
    }

    /** Bytes of the reserve for results. */
    public long reservedBytes() {
        return reservedSpace.bytes();
    }

    /** Whether new uploads are rejected. Costs one system call, so it can be called for each block of an upload. */
    public boolean isLow() {
        return isBelowMinimum(usableBytes(), 0);
    }

    /** Free pages of the store's file count as usable, but reusing them needs some free disk space too. */
    private boolean isBelowMinimum(long usable, long wanted) {
        return isReserveUsed || usable < minFree / DISK_SHARE || usable + reusable - wanted < minFree;
    }

    /** Whether the store uses the reserve. */
    public boolean isReserveUsed() {
        return isReserveUsed;
    }

    /** Sets the number of free bytes in the store's file. */
    public void reusable(long bytes) {
        reusable = bytes;
    }

    /**
     * Checks that this many bytes can be written without falling below the minimum.
     *
     * @throws InsufficientStorage if the space is too low
     */
    public void check(long bytes) {
        long usable = usableBytes();
        if (isBelowMinimum(usable, bytes)) {
            throw new InsufficientStorage("The disk of the master has " + usable / MEBIBYTE
                    + " MB left. Uploads are rejected until it has " + (minFree + missing() + bytes) / MEBIBYTE
                    + " MB.");
        }
    }

    /**
     * Checks that the free space is above the minimum.
     *
     * @throws InsufficientStorage if the space is too low
     */
    public void check() {
        check(0);
    }

    private long missing() {
        return isReserveUsed ? reservedSpace.wanted() : 0;
    }

    /** Whether a write may have failed because of a full disk, whatever error it reported. */
    public boolean isReserveNeeded() {
        return usableBytes() < RESERVE_THRESHOLD;
    }

    /**
     * Releases the reserve if the disk is full, so that the store can be opened.
     *
     * @throws StartupException if less than a megabyte is free even then
     */
    public void beforeStart() {
        if (isReserveNeeded()) {
            makeRoom();
        }
        if (usableBytes() < MEBIBYTE) {
            throw new StartupException("the disk of " + folder + " is full"
                    + ": nothing is lost, but a start needs a megabyte, and operation needs more; free disk space");
        }
    }

    /** Releases the reserve for a write that must not fail; false if the reserve is already used. */
    public synchronized boolean makeRoom() {
        isReserveUsed = reservedSpace.wanted() > 0;
        boolean released = reservedSpace.release();
        if (released) {
            log.warn("event=disk.full folder={} reserve=released", folder);
        }
        return released;
    }

    /** Refills the reserve if there is enough space, and logs a change between low and sufficient space. */
    void look() {
        refill();
        boolean low = isLow();
        if (low != wasLow) {
            wasLow = low;
            if (low) {
                log.warn(
                        "event=disk.low folder={} usableMegabytes={} uploads=rejected",
                        folder,
                        usableBytes() / MEBIBYTE);
            } else {
                log.info("event=disk.recovered folder={} usableMegabytes={}", folder, usableBytes() / MEBIBYTE);
            }
        }
    }

    private synchronized void refill() {
        if (!reservedSpace.isFull() && usableBytes() >= minFree + reservedSpace.wanted()) {
            reservedSpace.fill();
        }
        if (reservedSpace.isFull()) {
            isReserveUsed = false;
        }
    }
}
