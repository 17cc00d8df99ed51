/** HTML pages for browsers: static, without scripts, with no resource from another host. */
@NullMarked
package io.minimalcluster.master.http.html;

import org.jspecify.annotations.NullMarked;
