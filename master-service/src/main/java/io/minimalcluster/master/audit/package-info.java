/**
 * Who did what, and who was refused: written behind the calls, in bounded number, without a word of what was in them.
 */
@NullMarked
package io.minimalcluster.master.audit;

import org.jspecify.annotations.NullMarked;
