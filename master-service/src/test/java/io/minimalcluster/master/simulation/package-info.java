/**
 * Deterministic simulation of the scheduling core without processes, sockets, threads or real time. Simulated workers
 * and clients call the real classes on a real store in an order that a seed decides. A model checks the invariants
 * after each step.
 */
@NullMarked
package io.minimalcluster.master.simulation;

import org.jspecify.annotations.NullMarked;
