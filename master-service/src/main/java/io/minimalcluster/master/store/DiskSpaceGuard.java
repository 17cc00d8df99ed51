package io.minimalcluster.master.store;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room on the disk of the data folder. What is new is refused while little is left; what must not be lost is
 * written all the same, in the end into the reserve.
 */
public final class DiskSpaceGuard {
    private static final Logger log = LoggerFactory.getLogger(DiskSpaceGuard.class);
    private static final long DISK_SHARE = 4;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long ALMOST_GONE = 4 * MEGABYTE;

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

    /** What may still be written there, by us or by others. */
    public long usableBytes() {
        return folder.toFile().getUsableSpace();
    }

    /** What is kept for results. */
    public long reservedBytes() {
        return reservedSpace.bytes();
    }

    /** Whether what is new is refused. One system call, so that it can be asked for each block of an upload. */
    public boolean isLow() {
        return isBelowMinimum(usableBytes(), 0);
    }

    /** What was deleted leaves room in the store's file, but it takes some of the disk to get there. */
    private boolean isBelowMinimum(long usable, long wanted) {
        return isReserveUsed || usable < minFree / DISK_SHARE || usable + reusable - wanted < minFree;
    }

    /** Whether the store lives on what was kept for results. */
    public boolean isReserveUsed() {
        return isReserveUsed;
    }

    /** Tells how much of the store's file is free for other things. */
    public void reusable(long bytes) {
        reusable = bytes;
    }

    /**
     * Whether so much can be written, and enough is left then.
     *
     * @throws InsufficientStorage if not
     */
    public void check(long bytes) {
        long usable = usableBytes();
        if (isBelowMinimum(usable, bytes)) {
            throw new InsufficientStorage("The disk of the master has " + usable / MEGABYTE
                    + " MB left. Nothing new is taken until there are " + (minFree + missing() + bytes) / MEGABYTE
                    + ".");
        }
    }

    /**
     * Whether something new may be written.
     *
     * @throws InsufficientStorage if not
     */
    public void check() {
        check(0);
    }

    private long missing() {
        return isReserveUsed ? reservedSpace.wanted() : 0;
    }

    /** Whether a write may have failed for want of room, whatever it was told. */
    public boolean isReserveNeeded() {
        return usableBytes() < ALMOST_GONE;
    }

    /**
     * Lets a store on a full disk start, from the reserve if need be.
     *
     * @throws StartupException if even that is used up: without any room a store can't be opened
     */
    public void beforeStart() {
        if (isReserveNeeded()) {
            makeRoom();
        }
        if (usableBytes() < MEGABYTE) {
            throw new StartupException("there is no room on the disk of " + folder
                    + ": nothing is lost, but it takes a megabyte to start, and more to go on; make room");
        }
    }

    /** Gives up the reserve, for a write that must not fail; false if there is none any more. */
    public synchronized boolean makeRoom() {
        isReserveUsed = reservedSpace.wanted() > 0;
        boolean released = reservedSpace.release();
        if (released) {
            log.warn("event=disk.full folder={} reserve=released", folder);
        }
        return released;
    }

    /** Looks at how it stands: says what has changed, and takes the reserve again once there is room for it. */
    void look() {
        refill();
        boolean low = isLow();
        if (low != wasLow) {
            wasLow = low;
            if (low) {
                log.warn(
                        "event=disk.low folder={} usableMegabytes={} uploads=refused",
                        folder,
                        usableBytes() / MEGABYTE);
            } else {
                log.info("event=disk.recovered folder={} usableMegabytes={}", folder, usableBytes() / MEGABYTE);
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
