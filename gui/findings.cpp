#include "gui/findings.h"

#include "gui/glossary.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using enum capture::Finding;

constexpr capture::Findings kUsual{DuplicateAck,
                                   KeepAlive,
                                   KeepAliveAck,
                                   ZeroWindowProbe,
                                   ZeroWindowProbeAck,
                                   WindowProbe,
                                   WindowUpdate,
                                   ReusedPorts,
                                   GapFilled,
                                   SimultaneousOpen,
                                   SimultaneousClose};

/// In the order of Finding.
constexpr std::array<std::string_view, capture::kFindingCount> kChineseNames{
    "重传",
    "快重传",
    "不必要的重传",
    "失序",
    "前面有报文段未抓到",
    "确认了未抓到的报文段",
    "重复确认",
    "保活探测",
    "保活探测的回答",
    "零窗口",
    "零窗口探测",
    "零窗口探测的回答",
    "窗口更新",
    "窗口已填满",
    "端口重用",
    "SYN 重传",
    "重复的字节",
    "内容不同的字节",
    "缺口被补上",
    "连接被拒绝",
    "半开连接",
    "关闭之后的复位",
    "数据未读就复位",
    "中止连接的复位",
    "中间设备的复位",
    "保活超时",
    "窗口探测",
    "零窗口停顿",
    "糊涂窗口",
    "Nagle 算法遇上推迟确认",
    "拆开的握手",
    "同时打开",
    "同时关闭",
    "SACK 缺口被补上",
    "多余的重传",
    "下游的重复",
    "尾部丢失探测",
    "途中被超过",
    "上游的丢失",
    "确认丢失",
    "检验和错误",
    "没有回答",
    "只有一端的报文",
    "停留在 CLOSE-WAIT",
    "停留在 FIN-WAIT-2",
};

}  // namespace

QString nameOf(capture::Finding finding) {
    if (currentLanguage() == Language::Chinese) return toQt(kChineseNames.at(index(finding)));
    return toQt(toString(finding)).replace(u'_', u' ');
}

bool isTrouble(capture::Finding finding) {
    return !kUsual.has(finding);
}

bool isTrouble(const capture::PacketFindings& found) {
    return std::any_of(found.begin(), found.end(), [](const capture::Proof& proof) {
        return isTrouble(proof.finding);
    });
}

QString findingsInWords(const capture::PacketFindings& found) {
    QStringList lines;
    for (const capture::Proof& proof : found)
        lines << u"%1: %2"_s.arg(nameOf(proof.finding),
                                 inCurrentLanguage(capture::meaningOf(proof.finding)));
    return lines.join(u'\n');
}

}  // namespace tcplab::gui
