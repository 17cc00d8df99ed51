package io.minimalcluster.task;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws damaged copies of valid bytes: cut, overwritten, repeated, with extreme numbers. */
public final class Mutations {
    private static final byte[][] WORDS = {
        {0, 0, 0, 0},
        {-1, -1, -1, -1},
        {127, -1, -1, -1},
        {-128, 0, 0, 0},
        {'"'},
        {'\\'},
        {'['},
        {'{', '"'},
        {'-', '0', '1'},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {'P', 'K', 1, 2}
    };

    private final SplittableRandom random;

    public Mutations(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A copy with one to eight changes. */
    public byte[] of(byte[] valid) {
        byte[] bytes = valid.clone();
        for (int changes = random.nextInt(1, 9); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> concatenated(Arrays.copyOf(bytes, at), bytes);
                default -> overwritten(bytes, at);
            };
        }
        return bytes;
    }

    private byte[] overwritten(byte[] bytes, int at) {
        byte[] word =
                random.nextBoolean() ? WORDS[random.nextInt(WORDS.length)] : new byte[] {(byte) random.nextInt(256)};
        System.arraycopy(word, 0, bytes, at, Math.min(word.length, bytes.length - at));
        return bytes;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all.length > 1 << 16 ? Arrays.copyOf(all, 1 << 16) : all;
    }
}
