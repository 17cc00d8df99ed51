@NullMarked
package io.minimalcluster.master.session;

import org.jspecify.annotations.NullMarked;
