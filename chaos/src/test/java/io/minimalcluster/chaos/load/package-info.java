/** Tests of the clients and their records. */
@NullMarked
package io.minimalcluster.chaos.load;

import org.jspecify.annotations.NullMarked;
