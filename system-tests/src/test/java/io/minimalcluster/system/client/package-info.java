/** Tests of the Java client as programs use it. */
@NullMarked
package io.minimalcluster.system.client;

import org.jspecify.annotations.NullMarked;
