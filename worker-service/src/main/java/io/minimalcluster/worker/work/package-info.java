/**
 * The life of a worker: it registers, keeps a poll open, runs what it gets in its slots, posts what comes of it, gives
 * signs of life, and leaves. No Spring in here, so that a master can have a worker within itself.
 */
@NullMarked
package io.minimalcluster.worker.work;

import org.jspecify.annotations.NullMarked;
