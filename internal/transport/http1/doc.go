// Package http1 exchanges requests and answers over connections of its own. The formats are those of net/http, but
// nothing is sent twice unasked, of what failed it is known whether anything had left, and who asks writes and reads
// himself, where net/http hands each request to two more goroutines.
package http1
