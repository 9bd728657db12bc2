package http1

import (
	"cmp"
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// check refuses what cannot be sent as it is.
func check(req *http.Request) error {
	if hasBody := req.Body != nil && req.Body != http.NoBody; req.ContentLength < 0 || hasBody != (req.ContentLength > 0) {
		return errNoLength
	}
	if strings.ContainsFunc(req.Method, func(r rune) bool { return r < 'A' || r > 'Z' }) || req.Method == "" {
		return errWrongParts
	}
	if strings.ContainsFunc(req.URL.RawQuery+req.URL.Opaque, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return errWrongParts
	}
	for name, values := range req.Header {
		if !httpguts.ValidHeaderFieldName(name) {
			return errWrongParts
		}
		for _, v := range values {
			if !httpguts.ValidHeaderFieldValue(v) {
				return errWrongParts // it is not quoted, as it may be a key
			}
		}
	}
	return nil
}

// send writes the request.
func (c *conn) send(req *http.Request) error {
	host := strings.Replace(cmp.Or(req.Host, req.URL.Host), req.URL.Hostname(), c.to.host, 1) // in ASCII
	if !httpguts.ValidHostHeader(host) {
		return errWrongParts
	}
	for _, s := range [...]string{req.Method, " ", req.URL.RequestURI(), " HTTP/1.1\r\nHost: ", host, "\r\n"} {
		_, _ = c.w.WriteString(s) // Flush tells what fails
	}
	var room [16]string
	names := room[:0]
	for name := range req.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if slices.Contains(ownFields, name) {
			continue
		}
		for _, v := range req.Header[name] {
			c.field(name, v)
		}
	}
	if acceptsZip(req) {
		c.field("Accept-Encoding", "gzip")
	}
	if req.ContentLength > 0 || req.Method != http.MethodGet && req.Method != http.MethodHead && req.Method != http.MethodDelete {
		c.field("Content-Length", strconv.FormatInt(req.ContentLength, 10))
	}
	_, _ = c.w.WriteString("\r\n")
	if req.ContentLength > 0 {
		if n, err := io.Copy(c.w, io.LimitReader(req.Body, req.ContentLength+1)); err != nil {
			return err
		} else if n != req.ContentLength {
			return errWrongSize
		}
	}
	return c.w.Flush()
}

// ownFields are those of the header that the connection decides on.
var ownFields = []string{"Connection", "Content-Length", "Host", "Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}

// field writes a line of the header.
func (c *conn) field(name, value string) {
	for _, s := range [...]string{name, ": ", value, "\r\n"} {
		_, _ = c.w.WriteString(s)
	}
}

// acceptsZip reports whether the answer may come zipped without the caller having asked for it.
func acceptsZip(req *http.Request) bool {
	return len(req.Header["Accept-Encoding"]) == 0 && len(req.Header["Range"]) == 0 && req.Method != http.MethodHead
}

// unzip unzips an answer that came zipped although only this package had asked for it.
func unzip(resp *http.Response) {
	if !acceptsZip(resp.Request) || !strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		return
	}
	resp.Body = &unzipped{ReadCloser: resp.Body}
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	resp.ContentLength, resp.Uncompressed = -1, true
}

// unzipped is a body that is unzipped while it is read, to its own end and to that of the zipped one.
type unzipped struct {
	io.ReadCloser
	zip *gzip.Reader // nil before the first read
	err error
}

func (u *unzipped) Read(p []byte) (n int, err error) {
	if u.err != nil {
		return 0, u.err
	}
	if u.zip == nil {
		if u.zip, u.err = gzip.NewReader(u.ReadCloser); u.err != nil {
			return 0, u.err
		}
	}
	n, u.err = u.zip.Read(p)
	return n, u.err
}
