/**
 * The scheduling core without processes, sockets, threads or time: simulated workers and clients call the real classes
 * on a real store in an order that a seed decides, and after each step everything is compared with a model of what it
 * should be.
 */
@NullMarked
package io.minimalcluster.master.simulation;

import org.jspecify.annotations.NullMarked;
