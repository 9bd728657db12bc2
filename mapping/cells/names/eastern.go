package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Last names that take more than one sign, and those of one sign that are usual. Those of Japan are known of two signs or more only,
// since most people there have such.
const (
	chineseDouble = "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 司徒 司空 令狐 东方 東方 南宫 南宮 宇文 长孙 長孫 端木 独孤 獨孤 轩辕 百里 呼延 西门 西門"
	chineseSingle = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾" +
		"鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻阎段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊" +
		"聂聶章鲁魯岳翟殷詹申欧歐耿关關焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺"
	koreanDouble = "남궁 황보 제갈 사공 선우 서문 독고 동방"
	koreanSingle = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
	japanese     = "佐藤 鈴木 高橋 田中 渡辺 渡邊 渡部 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 清水 山崎 阿部 池田 橋本 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 工藤 谷口 今井 高田 丸山 増田 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田 松井 千葉 岩崎 菅原 木下 久保 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 高野 吉川 山内 西田 飯田 西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 服部 東 岩田 土屋 川崎 福島 本田 辻 樋口 秋山 田口 永井 山中 中西 吉村 川上 石原 大橋 松岡 浜田 馬場 森本 矢野 浅野 松下 星野 大久保 吉岡 小池 野田 荒木 大谷 熊谷"
)

// isEastern reports whether a name has Chinese, Japanese or Korean signs.
func isEastern(v string) bool { return isAbove(v) && strings.ContainsFunc(v, isEasternSign) }

func isEasternSign(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// hasKana reports whether a name has signs that only Japanese has.
func hasKana(v string) bool {
	return isAbove(v) && strings.ContainsFunc(v, func(r rune) bool { return r >= 0x3041 && r <= 0x30ff && r != '・' })
}

// eastern reads a name in signs of China, Japan or Korea, of which the last name stands first; doubt and left are why it may be wrong or
// is not split.
func eastern(v string, inJapan bool) (n Name, doubt, left string) {
	if strings.ContainsFunc(v, func(r rune) bool { return !isEasternSign(r) && !unicode.IsSpace(r) && r != '々' && r != 'ー' }) {
		return Name{Last: v}, "", "it has letters of several kinds"
	}
	words := strings.Fields(v)
	switch {
	case len(words) == 2 && isEasternLast(words[1]) && !isEasternLast(words[0]) && !isKatakana(v):
		return Name{First: words[0], Last: words[1], Split: true}, "the last name stands first", ""
	case len(words) == 2 && !isKatakana(v):
		return Name{First: words[1], Last: words[0], Split: true}, "", ""
	case len(words) != 1:
		return Name{Last: v}, "", "its parts may stand in any order"
	}
	at, sure := easternLast(v, inJapan)
	if at == 0 || at >= len(v) {
		return Name{Last: v}, "", "it is not known where its last name ends"
	}
	if !sure {
		doubt = "it is Chinese"
	}
	return Name{First: v[at:], Last: v[:at], Split: true}, doubt, ""
}

// Titles that stand behind names: by themselves or at once behind the last sign, and those of Korea only by themselves.
const (
	easternTitles = "様 さま 殿 氏 先生 女士 小姐 太太 经理 經理 老师 老師 님 씨"
	koreanTitles  = "사원 대리 과장 차장 부장 팀장 실장 이사 상무 전무 사장 대표 교수 박사 선생 선생님 원장 변호사"
)

// cutEasternTitle takes a title off that stands behind a name, and adds it to what was left out.
func cutEasternTitle(v string, off []string) (string, []string) {
	if at := strings.LastIndexAny(v, " 　"); at > 0 {
		if word := strings.TrimSpace(v[at:]); strings.Contains(" "+koreanTitles+" "+easternTitles+" ", " "+word+" ") {
			return strings.TrimSpace(v[:at]), append(off, word)
		}
		return v, off
	}
	for word := range strings.FieldsSeq(easternTitles) {
		name, ok := strings.CutSuffix(v, word)
		if ok && strings.Contains("様殿氏", word) && utf8.RuneCountInString(name) < 2 {
			continue // 鵜殿 is a last name
		}
		if ok && name != "" {
			return name, append(off, word)
		}
	}
	return v, off
}

// isEasternLast reports whether a word is one of the usual last names.
func isEasternLast(word string) bool {
	if utf8.RuneCountInString(word) == 1 {
		return strings.Contains(chineseSingle, word) || strings.Contains(koreanSingle, word)
	}
	return slices.ContainsFunc([]string{japanese, chineseDouble, koreanDouble}, func(list string) bool { return strings.Contains(" "+list+" ", " "+word+" ") })
}

// easternLast is the length in bytes of the last name that a name without a space starts with, 0 if it is not known.
func easternLast(v string, inJapan bool) (length int, sure bool) {
	first, size := utf8.DecodeRuneInString(v)
	signs := utf8.RuneCountInString(v)
	switch {
	case signs < 2 || signs > 6:
		return 0, false
	case unicode.Is(unicode.Hangul, first):
		return koreanLast(v, first, size, signs), true
	}
	n := startsWith(japanese, v)
	chinese := strings.ContainsRune(chineseSingle, first)
	switch {
	case inJapan || hasKana(v):
		return n, true
	case n > size && signs > 2:
		return n, !chinese || signs != 3
	case startsWith(chineseDouble, v) > 0 && signs <= 4:
		return startsWith(chineseDouble, v), true
	case chinese && signs <= 3:
		return size, true
	}
	return 0, false
}

// koreanLast is easternLast of a Korean name.
func koreanLast(v string, first rune, size, signs int) int {
	switch n := startsWith(koreanDouble, v); {
	case n > 0 && signs > 2 && signs <= 4:
		return n
	case strings.ContainsRune(koreanSingle, first) && signs <= 3:
		return size
	}
	return 0
}

// startsWith is the length of the longest word of a list that a name starts with and does not end with.
func startsWith(list, v string) (length int) {
	for word := range strings.FieldsSeq(list) {
		if len(word) < len(v) && strings.HasPrefix(v, word) {
			length = max(length, len(word))
		}
	}
	return length
}

// isKatakana reports whether a name is in the signs that Japanese writes foreign names in.
func isKatakana(v string) bool {
	return !slices.ContainsFunc([]rune(v), func(r rune) bool { return r > ' ' && !unicode.Is(unicode.Katakana, r) && r != 'ー' && r != '　' })
}
