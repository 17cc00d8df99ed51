/** Tests that run the documented examples unchanged. */
@NullMarked
package io.minimalcluster.system.example;

import org.jspecify.annotations.NullMarked;
