/** Lists that are cut into pages, newest first. */
@NullMarked
package io.minimalcluster.master.page;

import org.jspecify.annotations.NullMarked;
