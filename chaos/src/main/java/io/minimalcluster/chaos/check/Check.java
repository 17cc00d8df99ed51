package io.minimalcluster.chaos.check;

/** Looks through a history for what must not be in it. */
interface Check {
    Finding check(Stories stories);
}
