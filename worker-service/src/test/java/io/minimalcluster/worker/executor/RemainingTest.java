package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemainingTest {
    private final Remaining remaining = new Remaining(10);

    @Test
    void takesEachPositionOnce() {
        assertThat(remaining.take(new Span(0, 4))).hasValue(new Span(0, 4));
        assertThat(remaining.take(new Span(2, 6))).hasValue(new Span(4, 6));
        assertThat(remaining.take(new Span(0, 6))).isEmpty();
        assertThat(remaining.first()).hasValue(new Span(6, 10));
    }

    @Test
    void leavesWhatIsAroundOneThatIsTaken() {
        remaining.take(new Span(5, 6));
        assertThat(remaining.first()).hasValue(new Span(0, 5));
        assertThat(remaining.contains(5)).isFalse();
        assertThat(remaining.firstFrom(5)).hasValue(6);
        remaining.take(new Span(0, 5));
        assertThat(remaining.first()).hasValue(new Span(6, 10));
    }

    @Test
    void shrinkGivesUpTheEnd() {
        remaining.take(new Span(2, 3));
        remaining.shrink(5);
        assertThat(remaining.takeAll()).containsExactly(new Span(0, 2), new Span(3, 5));
        assertThat(remaining.isEmpty()).isTrue();
    }

    @Test
    void shrinkNeverGrows() {
        remaining.shrink(3);
        remaining.shrink(8);
        assertThat(remaining.takeAll()).containsExactly(new Span(0, 3));
    }

    @Test
    void isEmptyWhenAllAreTaken() {
        remaining.take(new Span(0, 10));
        assertThat(remaining.isEmpty()).isTrue();
        assertThat(remaining.first()).isEmpty();
        assertThat(remaining.firstFrom(0)).isEmpty();
    }
}
