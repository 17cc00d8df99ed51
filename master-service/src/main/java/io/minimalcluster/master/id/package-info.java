/** Generation of unguessable ids. */
@NullMarked
package io.minimalcluster.master.id;

import org.jspecify.annotations.NullMarked;
