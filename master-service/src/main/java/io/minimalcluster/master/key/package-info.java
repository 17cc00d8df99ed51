/** Named keys, made and taken back by an admin; kept as digests in the store. */
@NullMarked
package io.minimalcluster.master.key;

import org.jspecify.annotations.NullMarked;
