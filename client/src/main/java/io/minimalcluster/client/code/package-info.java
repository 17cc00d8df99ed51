/** The code that a client sends: the form of an environment, and the classes behind a function. */
@NullMarked
package io.minimalcluster.client.code;

import org.jspecify.annotations.NullMarked;
