package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.order.Deed;
import io.minimalcluster.chaos.order.Order;
import java.util.random.RandomGenerator;

/** Orders as a client thinks of them. */
final class RandomOrders {
    private static final int[] SIZES = {0, 1, 7, 40, 150, 400};

    private final String client;
    private final RandomGenerator random;
    private int count;

    RandomOrders(String client, RandomGenerator random) {
        this.client = client;
        this.random = random;
    }

    Order next() {
        int die = random.nextInt(20);
        if (die == 0) {
            return order(Deed.NAPS, 4);
        }
        if (die == 1 || die == 2) {
            return order(Deed.CRASHES, 50); // one of them is poison
        }
        return order(die < 6 ? Deed.FAILS : Deed.CALM, SIZES[random.nextInt(SIZES.length)]);
    }

    /** For a client that does not come to its end. */
    Order lines() {
        count++;
        return new Order(client + "-vanished-" + count, Deed.CALM, Order.Form.LINES, 0, 1, 200, false);
    }

    private Order order(Deed deed, int total) {
        count++;
        Order.Form[] forms = Order.Form.values();
        return new Order(
                client + "-" + count,
                deed,
                forms[random.nextInt(forms.length)],
                random.nextInt(1_000_000),
                1 + random.nextInt(3),
                total,
                random.nextInt(10) < 6);
    }
}
