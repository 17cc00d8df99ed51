/**
 * Starts the packaged programs, talks to them over their sockets, waits for what they do, and ends them. The one place
 * that waits; knows the contract's paths and nothing of the inside.
 */
@NullMarked
package io.minimalcluster.system.harness;

import org.jspecify.annotations.NullMarked;
