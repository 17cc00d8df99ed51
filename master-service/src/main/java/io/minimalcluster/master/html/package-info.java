/** Pages for browsers: static, without scripts, and with nothing loaded from elsewhere. */
@NullMarked
package io.minimalcluster.master.html;

import org.jspecify.annotations.NullMarked;
