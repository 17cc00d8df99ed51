/** The master that a program uses without naming one. */
@NullMarked
package io.minimalcluster.client.locate;

import org.jspecify.annotations.NullMarked;
