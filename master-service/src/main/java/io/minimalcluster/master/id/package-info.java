/** Makes ids that nobody can guess. */
@NullMarked
package io.minimalcluster.master.id;

import org.jspecify.annotations.NullMarked;
