/** The invariants, each checked against a history alone; nothing here knows the system, or talks to it. */
@NullMarked
package io.minimalcluster.chaos.check;

import org.jspecify.annotations.NullMarked;
