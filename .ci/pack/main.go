// Command pack writes a folder into an archive, .tar.gz or .zip by its name, that is the same wherever and whenever it is made:
//
//	go run ./.ci/pack ARCHIVE FOLDER SECONDS
//
// The folder's own name is the first part of each path; every file is as old as SECONDS since 1970 say.
package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: pack ARCHIVE FOLDER SECONDS")
	}
	seconds, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	if err := pack(os.Args[1], os.Args[2], time.Unix(seconds, 0).UTC()); err != nil {
		log.Fatal(err)
	}
}

// archive is what both forms can do.
type archive interface {
	add(name string, mode fs.FileMode, content []byte) error
	Close() error
}

func pack(name, folder string, at time.Time) (err error) {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if e := out.Close(); err == nil {
			err = e
		}
	}()
	var a archive
	switch {
	case strings.HasSuffix(name, ".zip"):
		a = &zipped{zip.NewWriter(out), at}
	case strings.HasSuffix(name, ".tar.gz"):
		packed := gzip.NewWriter(out)
		a = &tarred{tar.NewWriter(packed), packed, at}
	default:
		return fmt.Errorf("pack %s: neither .zip nor .tar.gz", name)
	}
	if err := addAll(a, folder); err != nil {
		return err
	}
	return a.Close()
}

// addAll adds the files of a folder in the order of their names.
func addAll(a archive, folder string) error {
	tree := os.DirFS(folder)
	return fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644) // whatever the umask here
		if info.Mode()&0o100 != 0 {
			mode = 0o755
		}
		return a.add(path.Join(path.Base(folder), name), mode, content)
	})
}

type tarred struct {
	*tar.Writer
	packed *gzip.Writer
	at     time.Time
}

func (t *tarred) add(name string, mode fs.FileMode, content []byte) error {
	err := t.WriteHeader(&tar.Header{Name: name, Mode: int64(mode), Size: int64(len(content)), ModTime: t.at, Format: tar.FormatUSTAR})
	if err != nil {
		return err
	}
	_, err = t.Write(content)
	return err
}

func (t *tarred) Close() error {
	if err := t.Writer.Close(); err != nil {
		return err
	}
	return t.packed.Close()
}

type zipped struct {
	*zip.Writer
	at time.Time
}

func (z *zipped) add(name string, mode fs.FileMode, content []byte) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.at}
	header.SetMode(mode)
	w, err := z.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, string(content))
	return err
}
