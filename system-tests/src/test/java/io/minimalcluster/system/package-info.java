/** Tests of whole processes, packaged as users get them, by what they show; each talks as a user or a worker would. */
@NullMarked
package io.minimalcluster.system;

import org.jspecify.annotations.NullMarked;
