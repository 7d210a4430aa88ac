<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Lessons</name>
    <message>
        <source>Opening a connection</source>
        <translation>建立连接</translation>
    </message>
    <message>
        <source>Data, windows and waiting</source>
        <translation>数据、窗口与等待</translation>
    </message>
    <message>
        <source>Loss and what repairs it</source>
        <translation>丢失与补救</translation>
    </message>
    <message>
        <source>Closing a connection</source>
        <translation>释放连接</translation>
    </message>
    <message>
        <source>Messages in a stream</source>
        <translation>字节流中的消息</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>A scenario has no other connections: --export %1 needs a capture.</source>
        <translation>场景中没有其他连接，--export %1 只能用于抓包。</translation>
    </message>
    <message>
        <source>A capture does not tell what its hosts keep: --export %1 needs a scenario.</source>
        <translation>抓包中没有主机内部的变量与缓存，--export %1 只能用于场景。</translation>
    </message>
    <message>
        <source>%1 names no picture: it must end in .png, .svg or .pdf.</source>
        <translation>%1 不是图片的文件名：应以 .png、.svg 或 .pdf 结尾。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
</context>
<context>
    <name>Ladder</name>
    <message>
        <source>%1 runs out</source>
        <translation>%1到期</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>未接受</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 个报文段</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Packet %1 dropped</source>
        <translation>丢弃报文段 %1</translation>
    </message>
    <message>
        <source>Packet %1 delayed</source>
        <translation>延迟报文段 %1</translation>
    </message>
    <message>
        <source>Packet %1 duplicated</source>
        <translation>重复报文段 %1</translation>
    </message>
    <message>
        <source>Packet %1 corrupted</source>
        <translation>损坏报文段 %1</translation>
    </message>
    <message>
        <source>no flag</source>
        <translation>无控制位</translation>
    </message>
    <message>
        <source>client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The client sends %1.</source>
        <translation>客户端发送 %1。</translation>
    </message>
    <message>
        <source>The server sends %1.</source>
        <translation>服务器发送 %1。</translation>
    </message>
    <message>
        <source>%1 arrives at the client.</source>
        <translation>%1 到达客户端。</translation>
    </message>
    <message>
        <source>%1 arrives at the server.</source>
        <translation>%1 到达服务器。</translation>
    </message>
    <message>
        <source>%1 of the client is lost on the way.</source>
        <translation>客户端发送的 %1 在途中丢失。</translation>
    </message>
    <message>
        <source>%1 of the server is lost on the way.</source>
        <translation>服务器发送的 %1 在途中丢失。</translation>
    </message>
    <message>
        <source>The client does not take %1.</source>
        <translation>客户端不接受 %1。</translation>
    </message>
    <message>
        <source>The server does not take %1.</source>
        <translation>服务器不接受 %1。</translation>
    </message>
    <message>
        <source>Client: %1 → %2</source>
        <translation>客户端：%1 → %2</translation>
    </message>
    <message>
        <source>Server: %1 → %2</source>
        <translation>服务器：%1 → %2</translation>
    </message>
    <message>
        <source>The client&apos;s program calls %1.</source>
        <translation>客户端的应用进程调用 %1。</translation>
    </message>
    <message>
        <source>The server&apos;s program calls %1.</source>
        <translation>服务器的应用进程调用 %1。</translation>
    </message>
    <message>
        <source>At the client, %1 returns.</source>
        <translation>客户端：%1 返回。</translation>
    </message>
    <message>
        <source>At the server, %1 returns.</source>
        <translation>服务器：%1 返回。</translation>
    </message>
    <message>
        <source>The client&apos;s %1 runs out.</source>
        <translation>客户端的%1到期。</translation>
    </message>
    <message>
        <source>The server&apos;s %1 runs out.</source>
        <translation>服务器的%1到期。</translation>
    </message>
    <message>
        <source>%1 timer</source>
        <translation>%1计时器</translation>
    </message>
    <message>
        <source>Nothing more happens.</source>
        <translation>此后什么也不会发生。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::Document</name>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::EmptyPage</name>
    <message>
        <source>All scenarios</source>
        <translation>全部场景</translation>
    </message>
    <message>
        <source>See what TCP does, and why</source>
        <translation>看清 TCP 做了什么，为什么</translation>
    </message>
    <message>
        <source>Open a capture, or play a scenario step by step. A file can be dropped here.</source>
        <translation>打开抓包文件，或逐步播放一个场景。也可以把文件拖到这里。</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Play the handshake</source>
        <translation>播放三次握手</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>最近打开</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::FlowTable</name>
    <message>
        <source>What happened</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>报文数</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::HeaderBar</name>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Packets: %1   TCP: %2   Connections: %3</source>
        <translation>报文：%1   TCP：%2   连接：%3</translation>
    </message>
    <message>
        <source>Reading: %1 packets, %2 connections. Esc stops.</source>
        <translation>正在读取：%1 个报文，%2 个连接。按 Esc 停止。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::Hints</name>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>open a capture, or drop it here</source>
        <translation>打开抓包文件，或拖到这里</translation>
    </message>
    <message>
        <source>all scenarios</source>
        <translation>全部场景</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::LadderView</name>
    <message>
        <source>Ladder</source>
        <translation>梯形图</translation>
    </message>
    <message>
        <source>This capture holds no packets.</source>
        <translation>这个抓包文件里没有报文。</translation>
    </message>
    <message>
        <source>%1 packets, none of them TCP.</source>
        <translation>共 %1 个报文，没有 TCP。</translation>
    </message>
    <message>
        <source>Packet %1: %2</source>
        <translation>报文 %1：%2</translation>
    </message>
    <message>
        <source>repeats packet %1</source>
        <translation>重传报文 %1</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::LayerTree</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::MainWindow</name>
    <message>
        <source>This could not be opened. %1</source>
        <translation>无法打开。%1</translation>
    </message>
    <message>
        <source>The file ends early. %1. What came before is shown.</source>
        <translation>文件提前结束。%1。之前的内容照常显示。</translation>
    </message>
    <message>
        <source>Open a capture or a scenario</source>
        <translation>打开抓包文件或场景</translation>
    </message>
    <message>
        <source>Captures, scenarios and scripts (*.pcap *.pcapng *.cap *.toml *.pkt);;All files (*)</source>
        <translation>抓包文件、场景和脚本 (*.pcap *.pcapng *.cap *.toml *.pkt);; 所有文件 (*)</translation>
    </message>
    <message>
        <source>About tcplab</source>
        <translation>关于 tcplab</translation>
    </message>
    <message>
        <source>tcplab %1 plays TCP conversations step by step, reads captures, and says for each step which sentence of the standard asks for it.</source>
        <translation>tcplab %1 逐步播放 TCP 连接，读取抓包文件，并说明每一步依据标准的哪一条。</translation>
    </message>
    <message>
        <source>The file has changed since it was read: %1.</source>
        <translation>文件在读取之后有了变化：%1。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Reading was stopped after %1 packets. They are all shown.</source>
        <translation>读到第 %1 个报文时停止。已读到的都已显示。</translation>
    </message>
    <message>
        <source>Read all</source>
        <translation>读取全部</translation>
    </message>
    <message>
        <source>Packets %1 to %2 of the %3 in this connection are shown.</source>
        <translation>这个连接共 %3 个报文，现在显示第 %1 到第 %2 个。</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>从头显示</translation>
    </message>
    <message>
        <source>Later ones</source>
        <translation>后面的报文</translation>
    </message>
    <message>
        <source>%1 is no longer there. What was read of it is still shown.</source>
        <translation>%1 已不存在。读到的内容仍然显示。</translation>
    </message>
    <message>
        <source>%1 has changed on the disk.</source>
        <translation>磁盘上的 %1 有了变化。</translation>
    </message>
    <message>
        <source>Another tcplab is running: it keeps what is open for the next start, this one does not.</source>
        <translation>另一个 tcplab 正在运行：下次启动时恢复的是那一个打开的内容。</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Left column</source>
        <translation>左栏(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Right column</source>
        <translation>右栏(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Packets</source>
        <translation>报文表(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Octets</source>
        <translation>字节(&amp;O)</translation>
    </message>
    <message>
        <source>Re&amp;set layout</source>
        <translation>恢复默认布局(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>跟随桌面(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>深色(&amp;A)</translation>
    </message>
    <message>
        <source>Larger &amp;text</source>
        <translation>放大文字(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>缩小文字(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Usual text</source>
        <translation>默认文字(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>播放(&amp;R)</translation>
    </message>
    <message>
        <source>Next state change</source>
        <translation>下一次状态变化</translation>
    </message>
    <message>
        <source>Previous state change</source>
        <translation>上一次状态变化</translation>
    </message>
    <message>
        <source>&amp;Learn</source>
        <translation>学习(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About tcplab</source>
        <translation>关于 tcplab(&amp;A)</translation>
    </message>
    <message>
        <source>La&amp;dder</source>
        <translation>梯形图(&amp;D)</translation>
    </message>
    <message>
        <source>La&amp;yers</source>
        <translation>分层(&amp;Y)</translation>
    </message>
    <message>
        <source>Strea&amp;m</source>
        <translation>字节流(&amp;M)</translation>
    </message>
    <message>
        <source>Pl&amp;ots</source>
        <translation>曲线图(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Find or filter</source>
        <translation>查找或过滤(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Copy the connection as Markdown</source>
        <translation>把连接复制为 Markdown(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the &amp;packets as CSV</source>
        <translation>把报文表复制为 CSV(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>重新读取(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop reading</source>
        <translation>停止读取(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>试验(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;New run of two hosts</source>
        <translation>两台主机的新运行(&amp;N)</translation>
    </message>
    <message>
        <source>All &amp;variables and buffers</source>
        <translation>全部变量和缓存(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Notation</source>
        <translation>记法(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Names: SYN, ACK seq=0 ack=1</source>
        <translation>名称：SYN, ACK seq=0 ack=1(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;tcpdump: S. seq 0 ack 1</source>
        <translation>tcpdump：S. seq 0 ack 1(&amp;T)</translation>
    </message>
    <message>
        <source>Text&amp;book: SYN=1, ACK=1, seq=y, ack=x+1</source>
        <translation>教科书：SYN=1, ACK=1, seq=y, ack=x+1(&amp;B)</translation>
    </message>
    <message>
        <source>Time runs &amp;evenly</source>
        <translation>时间轴均匀(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;All scenarios...</source>
        <translation>全部场景(&amp;A)…</translation>
    </message>
    <message>
        <source>Copy the &amp;variables as CSV</source>
        <translation>把变量复制为 CSV(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Copy the c&amp;onnections as CSV</source>
        <translation>把连接列表复制为 CSV(&amp;O)</translation>
    </message>
    <message>
        <source>Follow the &amp;stream</source>
        <translation>跟踪字节流(&amp;S)</translation>
    </message>
    <message>
        <source>Copy for pac&amp;ketdrill</source>
        <translation>复制为 packetdrill 语句(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Bookmark</source>
        <translation>书签(&amp;B)</translation>
    </message>
    <message>
        <source>Ne&amp;xt bookmark</source>
        <translation>下一个书签(&amp;X)</translation>
    </message>
    <message>
        <source>Stretch the ladder</source>
        <translation>拉长梯形图</translation>
    </message>
    <message>
        <source>Squeeze the ladder</source>
        <translation>压缩梯形图</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>For a pro&amp;jector</source>
        <translation>投影模式(&amp;J)</translation>
    </message>
    <message>
        <source>Lea&amp;ve the full screen</source>
        <translation>退出全屏(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Print...</source>
        <translation>打印(&amp;P)…</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::NotesPane</name>
    <message>
        <source>The client&apos;s program</source>
        <translation>客户端的程序</translation>
    </message>
    <message>
        <source>The server&apos;s program</source>
        <translation>服务器的程序</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>显示答案</translation>
    </message>
    <message>
        <source>What happens next?</source>
        <translation>接下来会发生什么？</translation>
    </message>
    <message>
        <source>Right. Press Space to see it.</source>
        <translation>正确。按空格键来看。</translation>
    </message>
    <message>
        <source>Not here.</source>
        <translation>这里不会这样。</translation>
    </message>
    <message>
        <source>See it happen in a branch (B)</source>
        <translation>在分支里看它发生 (B)</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>… %1 lines before</source>
        <translation>……前面 %1 行</translation>
    </message>
    <message>
        <source>That is what comes after %1.</source>
        <translation>%1 之后才会这样。</translation>
    </message>
    <message>
        <source>Found: the %1 is in %2.</source>
        <translation>找到了：%1进入了 %2。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::NoticeBar</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::PacketTable</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>时间（s）</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送方</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>控制位</translation>
    </message>
    <message>
        <source>Seq</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Ack</source>
        <translation>确认号</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Client&apos;s state</source>
        <translation>客户端状态</translation>
    </message>
    <message>
        <source>Server&apos;s state</source>
        <translation>服务器状态</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::TransportBar</name>
    <message>
        <source>To the start</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到结尾</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::VariableList</name>
    <message>
        <source>No TCB.</source>
        <translation>没有 TCB。</translation>
    </message>
    <message>
        <source>No variable changed.</source>
        <translation>没有变量改变。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::VariableTable</name>
    <message>
        <source>due at %1 s</source>
        <translation>%1 s 到期</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>End</source>
        <translation>端</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原值</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现值</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>还剩 %1</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::WhyPane</name>
    <message>
        <source>%1, once: %2</source>
        <translation>%1，1 次：%2</translation>
    </message>
    <message>
        <source>%1, %2 times: %3</source>
        <translation>%1，%2 次：%3</translation>
    </message>
    <message>
        <source>%1 (see %2)</source>
        <translation>%1（参见 %2）</translation>
    </message>
    <message>
        <source>Nothing has happened yet. Press Space for the first step.</source>
        <translation>还没有发生任何事。按空格键走第一步。</translation>
    </message>
    <message>
        <source>Select a packet or press Space.</source>
        <translation>选择一个报文，或按空格键。</translation>
    </message>
    <message>
        <source>Packet %1: %2</source>
        <translation>报文 %1：%2</translation>
    </message>
    <message>
        <source>It repeats packet %1.</source>
        <translation>它重传报文 %1。</translation>
    </message>
    <message>
        <source>It carries octets %1 to %2.</source>
        <translation>它携带第 %1 到 %2 字节。</translation>
    </message>
    <message>
        <source>It acknowledges all octets before %1.</source>
        <translation>它确认 %1 之前的所有字节。</translation>
    </message>
    <message>
        <source>No state changes.</source>
        <translation>状态不变。</translation>
    </message>
    <message>
        <source>The handshake is not in this capture: who is the client, and the states, are guessed.</source>
        <translation>抓包文件里没有三次握手：哪一端是客户端，以及双方的状态，都是推断。</translation>
    </message>
    <message>
        <source>The program waits in %1.</source>
        <translation>程序在 %1 中等待。</translation>
    </message>
    <message>
        <source>What is waited for</source>
        <translation>在等什么</translation>
    </message>
    <message>
        <source>Here the run was changed: %1</source>
        <translation>运行在这里被改变：%1</translation>
    </message>
    <message>
        <source>What follows is another future. B leads back.</source>
        <translation>此后是另一种结局。按 B 返回。</translation>
    </message>
    <message>
        <source>Nothing is planned. Call for a host: by the buttons, or in the menu.</source>
        <translation>还没有安排任何事。用按钮或菜单替主机调用。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::Workspace</name>
    <message>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>报文表</translation>
    </message>
    <message>
        <source>What happened, and why</source>
        <translation>结论与原因</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>分层</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>States</source>
        <translation>状态图</translation>
    </message>
    <message>
        <source>Changed variables</source>
        <translation>变化的变量</translation>
    </message>
    <message>
        <source>Layers and octets of the packet, as it was sent</source>
        <translation>报文发送时的各层与字节</translation>
    </message>
    <message>
        <source>Layers and octets of the packet</source>
        <translation>报文的各层与字节</translation>
    </message>
    <message>
        <source>Packets: %1 of %2 match</source>
        <translation>报文：%2 个中有 %1 个符合</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>Variables and timers</source>
        <translation>变量和计时器</translation>
    </message>
    <message>
        <source>Buffers and windows</source>
        <translation>缓存和窗口</translation>
    </message>
    <message>
        <source>Connections: %1 of %2</source>
        <translation>连接：%2 个中的 %1 个</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::ColumnHandle</name>
    <message>
        <source>Show the left column: %1</source>
        <translation>显示左栏：%1</translation>
    </message>
    <message>
        <source>Show the right column: %1</source>
        <translation>显示右栏：%1</translation>
    </message>
</context>
<context>
    <name>SevenLayers</name>
    <message>
        <source>frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>packet</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>报文段</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>headers: %1,</source>
        <translation>%1 个首部，共</translation>
    </message>
    <message>
        <source>%1 octets</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>captured: %1 octets</source>
        <translation>抓到 %1 字节</translation>
    </message>
    <message>
        <source>captured: %1 of %2 octets</source>
        <translation>抓到 %2 字节中的 %1 字节</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::SevenLayersView</name>
    <message>
        <source>Seven layers</source>
        <translation>七层</translation>
    </message>
    <message>
        <source>Select a packet or press Space: here you will see what each layer did for it.</source>
        <translation>选择一个报文，或按空格键：这里会说明每一层为它做了什么。</translation>
    </message>
    <message>
        <source>Packet %1: %2</source>
        <translation>报文 %1：%2</translation>
    </message>
    <message>
        <source>%1 sends</source>
        <translation>%1发送</translation>
    </message>
    <message>
        <source>%1 receives</source>
        <translation>%1接收</translation>
    </message>
    <message>
        <source>as it was sent: it was damaged on its way</source>
        <translation>这是发送时的内容：它在途中损坏了</translation>
    </message>
    <message>
        <source>the last one, no packet in this step</source>
        <translation>这一步没有报文，这是上一个</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::PlotsPage</name>
    <message>
        <source>%1 sends</source>
        <translation>%1发送</translation>
    </message>
    <message>
        <source>Graphs of the connection</source>
        <translation>连接的曲线图</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>RTT</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>传输轮次</translation>
    </message>
    <message>
        <source>There is no TCP connection here, and so nothing to draw.</source>
        <translation>这里没有 TCP 连接，没有可画的曲线。</translation>
    </message>
    <message>
        <source>cursor: %1</source>
        <translation>光标：%1</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::FindField</name>
    <message>
        <source>Packet, state or filter</source>
        <translation>报文、状态或过滤条件</translation>
    </message>
    <message>
        <source>Find a packet or state, or filter the packets</source>
        <translation>查找报文或状态，或过滤报文</translation>
    </message>
    <message>
        <source>No packet of this connection is “%1”.</source>
        <translation>这个连接中没有符合“%1”的报文。</translation>
    </message>
    <message>
        <source>A packet&apos;s number, a state, or an expression that packets must meet:
syn and from client     len &gt; 0     server == CLOSE-WAIT
Enter goes to the next one.</source>
        <translation>报文编号、状态，或报文须满足的条件：
syn and from client     len &gt; 0     server == CLOSE-WAIT
按回车键转到下一个。</translation>
    </message>
</context>
<context>
    <name>Copies</name>
    <message>
        <source>Client %1, server %2</source>
        <translation>客户端 %1，服务器 %2</translation>
    </message>
    <message>
        <source>The client sent %1 packets with %2 octets, the server %3 with %4.</source>
        <translation>客户端发送了 %1 个报文、%2 字节，服务器发送了 %3 个报文、%4 字节。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Packets of the client</source>
        <translation>客户端的报文数</translation>
    </message>
    <message>
        <source>Packets of the server</source>
        <translation>服务器的报文数</translation>
    </message>
    <message>
        <source>Client&apos;s state</source>
        <translation>客户端状态</translation>
    </message>
    <message>
        <source>Server&apos;s state</source>
        <translation>服务器状态</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::KeyList</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>StreamText</name>
    <message>
        <source>octets %1 to %2</source>
        <translation>字节 %1 至 %2</translation>
    </message>
    <message>
        <source>%1 of them; zoom in to see each</source>
        <translation>共 %1 个；放大可逐个查看</translation>
    </message>
    <message>
        <source>packet %1: </source>
        <translation>报文 %1：</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>octet %1: glued</source>
        <translation>字节 %1：粘包</translation>
    </message>
    <message>
        <source>octet %1: split</source>
        <translation>字节 %1：半包</translation>
    </message>
    <message>
        <source>sent again</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>message in a segment of its own</source>
        <translation>独占一个报文段的消息</translation>
    </message>
    <message>
        <source>message with another one in its segment, or in several: whole once decoded</source>
        <translation>与别的消息同在一个报文段，或分在几个报文段的消息：解码后都是完整的</translation>
    </message>
    <message>
        <source>message in a receive of its own</source>
        <translation>独占一次接收的消息</translation>
    </message>
    <message>
        <source>message with another one in its receive, or in several receives</source>
        <translation>与别的消息同在一次接收，或分在几次接收的消息</translation>
    </message>
    <message>
        <source>Only the first %1 octets are read here.</source>
        <translation>这里只读取前 %1 字节。</translation>
    </message>
    <message>
        <source>Choose a framing to see the messages in these segments.</source>
        <translation>选择一种成帧方式，就能看到这些报文段里的消息。</translation>
    </message>
    <message>
        <source>Each message came in a segment of its own.</source>
        <translation>每条消息各占一个报文段。</translation>
    </message>
    <message>
        <source>%1 (%2) breaks here:</source>
        <translation>%1（%2）在这里出错：</translation>
    </message>
    <message>
        <source>%1 (%2): %3 of %3 whole, tried with the fewest cuts</source>
        <translation>%1（%2）：从切得最少的试起，%3 种之中 %3 种完整</translation>
    </message>
    <message>
        <source>nothing came out of it</source>
        <translation>什么也没有得到</translation>
    </message>
    <message>
        <source>what came out: %1</source>
        <translation>得到：%1</translation>
    </message>
    <message>
        <source>Packet %1 carries the end of one message and the beginning of the next: the sender wrote both before it was sent.</source>
        <translation>报文 %1 里有一条消息的结尾和下一条的开头：它发出之前，发送方已经写入了这两条。</translation>
    </message>
    <message>
        <source>The message goes on after packet %1.</source>
        <translation>消息在报文 %1 之后还没有结束。</translation>
    </message>
    <message>
        <source>%1 (%2): %3 of %3 whole, each way to cut %4 octets</source>
        <translation>%1（%2）：%4 字节的所有切法，%3 种之中 %3 种完整</translation>
    </message>
    <message>
        <source>packet %1</source>
        <translation>报文 %1</translation>
    </message>
    <message>
        <source>octet %1</source>
        <translation>字节 %1</translation>
    </message>
    <message>
        <source>%1 messages or parts of them in one segment, glued at octets %2: the sender wrote them all before it was sent.</source>
        <translation>同一个报文段里有 %1 条消息或其中一部分，粘在字节 %2 处：它发出之前，发送方已经写入了这些消息。</translation>
    </message>
    <message>
        <source>Not received: no recv returned these octets.</source>
        <translation>未接收：没有一次 recv 返回过这些字节。</translation>
    </message>
    <message>
        <source>Not received: these octets never left the sender.</source>
        <translation>未接收：这些字节从未离开发送方。</translation>
    </message>
    <message>
        <source>Not received: no segment that carried these octets arrived.</source>
        <translation>未接收：携带这些字节的报文段没有一个到达。</translation>
    </message>
    <message>
        <source>Here %1 octets were not captured: the stream is shown up to them.</source>
        <translation>这里有 %1 字节没有抓到：字节流只显示到此处。</translation>
    </message>
    <message>
        <source>Each receive is one send: UDP promises that a datagram comes whole or not at all.</source>
        <translation>每次接收正好是一次发送：UDP 保证用户数据报要么完整到达，要么不到达。</translation>
    </message>
    <message>
        <source>Each receive is one send: nothing is glued or split here. TCP never promises this.</source>
        <translation>每次接收正好是一次发送：这里没有粘包也没有半包。但 TCP 从不保证这一点。</translation>
    </message>
    <message>
        <source>fixed length, %1</source>
        <translation>定长，%1 字节</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>按行</translation>
    </message>
    <message>
        <source>delimiter %1</source>
        <translation>分隔符 %1</translation>
    </message>
    <message>
        <source>length field of %1 octets</source>
        <translation>%1 字节的长度字段</translation>
    </message>
    <message>
        <source>length field of 1 to 10 octets</source>
        <translation>1 到 10 字节的长度字段</translation>
    </message>
    <message>
        <source>header in JSON, then the body</source>
        <translation>JSON 报头，再是正文</translation>
    </message>
    <message>
        <source>TLS records</source>
        <translation>TLS 记录</translation>
    </message>
    <message>
        <source>WebSocket frames</source>
        <translation>WebSocket 帧</translation>
    </message>
    <message>
        <source>The message goes on after packet %1, which is full: the MSS that the other end announced leaves room for %2 octets.</source>
        <translation>消息在报文 %1 之后还没有结束；这个报文段已满：对方通告的 MSS 只容得下 %2 字节。</translation>
    </message>
    <message>
        <source>The message goes on after packet %1, which is not full (%2 of %3 octets): the sender sent the rest separately.</source>
        <translation>消息在报文 %1 之后还没有结束；这个报文段并未装满（%3 字节中的 %2 字节）：其余部分是发送方另外发送的。</translation>
    </message>
    <message>
        <source>and %1 more where the stream is not in view: scroll, or zoom out</source>
        <translation>还有 %1 处不在显示范围内：可滚动或缩小查看</translation>
    </message>
    <message>
        <source>message that was not received, or not all of it</source>
        <translation>没有收到或没有收全的消息</translation>
    </message>
    <message>
        <source>after the cursor</source>
        <translation>光标之后</translation>
    </message>
    <message>
        <source>length field of 1 octet</source>
        <translation>1 字节的长度字段</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，偏移 %2</translation>
    </message>
    <message>
        <source> It goes on from packet %1 for %2 octets more, not shown here.</source>
        <translation>它从报文 %1 起还有 %2 字节，没有在这里显示。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::StreamView</name>
    <message>
        <source>sends</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>datagrams</source>
        <translation>用户数据报</translation>
    </message>
    <message>
        <source>segments</source>
        <translation>报文段</translation>
    </message>
    <message>
        <source>receives</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Nothing was sent in this direction.</source>
        <translation>这个方向没有发送数据。</translation>
    </message>
    <message>
        <source>Stream: sends, segments, receives and messages</source>
        <translation>字节流：发送、报文段、接收和消息</translation>
    </message>
    <message>
        <source>Glued at octet %1. %2</source>
        <translation>在字节 %1 处粘包。%2</translation>
    </message>
    <message>
        <source>Split at octet %1. %2</source>
        <translation>在字节 %1 处拆开。%2</translation>
    </message>
    <message>
        <source>There is no TCP connection here, and so no stream.</source>
        <translation>这里没有 TCP 连接，所以也没有字节流。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::StreamPage</name>
    <message>
        <source>%1 sends</source>
        <translation>%1发送</translation>
    </message>
    <message>
        <source>&amp;Framing</source>
        <translation>成帧方式(&amp;F)</translation>
    </message>
    <message>
        <source>How messages are marked in the stream</source>
        <translation>字节流里怎样标记消息</translation>
    </message>
    <message>
        <source>Try every &amp;cut</source>
        <translation>试遍所有切法(&amp;C)</translation>
    </message>
    <message>
        <source>Tries every way to cut the first messages into reads, the fewest cuts first, on a right decoder and on those that beginners write</source>
        <translation>把开头几条消息按所有可能的方式切成多次读取，从切得最少的开始，逐一交给正确的解码器和初学者常写的解码器</translation>
    </message>
    <message>
        <source>The stream and its messages</source>
        <translation>字节流与消息</translation>
    </message>
    <message>
        <source>as in the scenario</source>
        <translation>与场景相同</translation>
    </message>
    <message>
        <source>inferred: %1</source>
        <translation>推断：%1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>These messages cannot be sent so: %1.</source>
        <translation>这些消息不能这样发送：%1。</translation>
    </message>
    <message>
        <source>Choose a framing first: without one there are no messages that a cut could break.</source>
        <translation>先选择一种成帧方式：没有成帧方式，也就没有会被切坏的消息。</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>未识别</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::StreamSwitchBar</name>
    <message>
        <source>Maximum segment size</source>
        <translation>最大报文段长度</translation>
    </message>
    <message>
        <source>Octets that each recv asks for</source>
        <translation>每次 recv 要读的字节数</translation>
    </message>
    <message>
        <source>Off: Nagle&apos;s algorithm holds small segments back</source>
        <translation>关闭时：Nagle 算法会扣住小报文段</translation>
    </message>
    <message>
        <source>On: no segment leaves before it is full</source>
        <translation>打开时：报文段不满就不发出</translation>
    </message>
    <message>
        <source>The same programs over UDP: each send is a datagram</source>
        <translation>同样的程序改用 UDP：每次发送是一个用户数据报</translation>
    </message>
    <message>
        <source>Pause before a send</source>
        <translation>每次发送前停顿</translation>
    </message>
    <message>
        <source>Pause before a recv</source>
        <translation>每次接收前停顿</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::LessonList</name>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Title or name</source>
        <translation>标题或名称</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::LayersPane</name>
    <message>
        <source>No packet in this step.</source>
        <translation>这一步没有报文。</translation>
    </message>
    <message>
        <source>Layers and fields</source>
        <translation>各层与字段</translation>
    </message>
    <message>
        <source>Octets</source>
        <translation>字节</translation>
    </message>
</context>
<context>
    <name>Difference</name>
    <message>
        <source>%1: left %2, arrived %3</source>
        <translation>%1：%2 发出，%3 到达</translation>
    </message>
    <message>
        <source>%1: left %2, lost %3</source>
        <translation>%1：%2 发出，%3 丢失</translation>
    </message>
    <message>
        <source>%1: left %2</source>
        <translation>%1：%2 发出</translation>
    </message>
    <message>
        <source>nothing more happens</source>
        <translation>此后什么也不会发生</translation>
    </message>
    <message>
        <source>a variable or a timer of the %1 changes</source>
        <translation>%1的某个变量或计时器改变</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::Desk</name>
    <message>
        <source>No packet is on its way at this step.</source>
        <translation>这一步没有在途的报文段。</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::DeskActions</name>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Profile of both hosts</source>
        <translation>两台主机的规范版本</translation>
    </message>
    <message>
        <source>Delay of the link</source>
        <translation>链路时延</translation>
    </message>
    <message>
        <source>Loss of the link</source>
        <translation>链路丢失率</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Corrupt</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Branch, or back</source>
        <translation>进入分支或返回</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Predict before you see</source>
        <translation>先预测，再看</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>The client calls</source>
        <translation>客户端调用</translation>
    </message>
    <message>
        <source>The server calls</source>
        <translation>服务器调用</translation>
    </message>
    <message>
        <source>Other options from the start</source>
        <translation>换一种选项，从头再来</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::DeskPane</name>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>No packet is on its way</source>
        <translation>没有在途的报文段</translation>
    </message>
    <message>
        <source>Packet %1 is on its way: %2</source>
        <translation>报文段 %1 在途：%2</translation>
    </message>
    <message>
        <source>The client calls</source>
        <translation>客户端调用</translation>
    </message>
    <message>
        <source>The server calls</source>
        <translation>服务器调用</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::DifferenceView</name>
    <message>
        <source>The two runs are the same.</source>
        <translation>两次运行没有差别。</translation>
    </message>
    <message>
        <source>First difference</source>
        <translation>最早的差别</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>这里：%1</translation>
    </message>
    <message>
        <source>There: %1</source>
        <translation>那里：%1</translation>
    </message>
    <message>
        <source>States of the client</source>
        <translation>客户端经过的状态</translation>
    </message>
    <message>
        <source>States of the server</source>
        <translation>服务器经过的状态</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>报文段</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>这里</translation>
    </message>
    <message>
        <source>There</source>
        <translation>那里</translation>
    </message>
    <message>
        <source>and %1 packets more</source>
        <translation>还有 %1 个报文段</translation>
    </message>
    <message>
        <source>&quot;%1&quot; compared with &quot;%2&quot;</source>
        <translation>“%1”与“%2”对比</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::FutureBar</name>
    <message>
        <source>As written</source>
        <translation>按场景原样</translation>
    </message>
    <message>
        <source>Futures</source>
        <translation>各种结局</translation>
    </message>
    <message>
        <source>%1, at step %2 of &quot;%3&quot;</source>
        <translation>%1，从“%3”的第 %2 步开始</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::StateCard</name>
    <message>
        <source>Ways in</source>
        <translation>怎样进入</translation>
    </message>
    <message>
        <source>Ways out</source>
        <translation>怎样离开</translation>
    </message>
    <message>
        <source>Its names</source>
        <translation>它的名称</translation>
    </message>
    <message>
        <source>What goes wrong there</source>
        <translation>这里常见的问题</translation>
    </message>
    <message>
        <source>Show a run that gets here: %1</source>
        <translation>看一次到达这里的运行：%1</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::WindowsView</name>
    <message>
        <source>The client has no TCB.</source>
        <translation>客户端没有 TCB。</translation>
    </message>
    <message>
        <source>The server has no TCB.</source>
        <translation>服务器没有 TCB。</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>in flight</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>room</source>
        <translation>空余</translation>
    </message>
    <message>
        <source>; %1 octets held beyond a gap</source>
        <translation>；空缺之后保存着 %1 字节</translation>
    </message>
    <message>
        <source>The client sends</source>
        <translation>客户端发送</translation>
    </message>
    <message>
        <source>The server sends</source>
        <translation>服务器发送</translation>
    </message>
    <message>
        <source>The client receives</source>
        <translation>客户端接收</translation>
    </message>
    <message>
        <source>The server receives</source>
        <translation>服务器接收</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::ExportDialog</name>
    <message>
        <source>All connections in the diagram</source>
        <translation>状态图上的全部连接</translation>
    </message>
    <message>
        <source>The window for a projector</source>
        <translation>投影窗口</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Packets, as CSV</source>
        <translation>报文（CSV）</translation>
    </message>
    <message>
        <source>Connections, as CSV</source>
        <translation>连接（CSV）</translation>
    </message>
    <message>
        <source>Report, as Markdown</source>
        <translation>报告（Markdown）</translation>
    </message>
    <message>
        <source>Rules for tcplab check</source>
        <translation>tcplab check 的规则</translation>
    </message>
    <message>
        <source>packetdrill script</source>
        <translation>packetdrill 脚本</translation>
    </message>
    <message>
        <source>Test for GoogleTest</source>
        <translation>GoogleTest 测试</translation>
    </message>
    <message>
        <source>Test for pytest</source>
        <translation>pytest 测试</translation>
    </message>
    <message>
        <source>A view as it is now, at the cursor.</source>
        <translation>视图在当前位置的样子。</translation>
    </message>
    <message>
        <source>The packets of this connection, a line each.</source>
        <translation>本连接的报文，每个一行。</translation>
    </message>
    <message>
        <source>All connections of the capture, a line each.</source>
        <translation>抓包文件中的所有连接，每个一行。</translation>
    </message>
    <message>
        <source>What happened, what was found, and the packets.</source>
        <translation>结论、发现和全部报文。</translation>
    </message>
    <message>
        <source>What holds of this connection now, and must hold of another capture: tcplab check FILE --expect RULES.</source>
        <translation>本连接现在符合、另一份抓包也必须符合的规则：tcplab check FILE --expect RULES。</translation>
    </message>
    <message>
        <source>The script that is open, as it is.</source>
        <translation>打开的脚本本身，不作改动。</translation>
    </message>
    <message>
        <source>This connection as one host saw it, for tcplab drill and packetdrill.</source>
        <translation>从一台主机看到的这个连接，供 tcplab drill 和 packetdrill 运行。</translation>
    </message>
    <message>
        <source>What holds of this connection, as a test in C++.</source>
        <translation>把本连接现在符合的规则写成 C++ 测试。</translation>
    </message>
    <message>
        <source>What holds of this connection, as a test in Python.</source>
        <translation>把本连接现在符合的规则写成 Python 测试。</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>整个窗口</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>梯形图</translation>
    </message>
    <message>
        <source>State diagram</source>
        <translation>状态图</translation>
    </message>
    <message>
        <source>Buffers and windows</source>
        <translation>缓存与窗口</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>字节流</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>分层</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>How many such connections</source>
        <translation>这样的连接数</translation>
    </message>
    <message>
        <source>The client goes through</source>
        <translation>客户端经历的状态</translation>
    </message>
    <message>
        <source>The server goes through</source>
        <translation>服务器经历的状态</translation>
    </message>
    <message>
        <source>The client ends in</source>
        <translation>客户端最后的状态</translation>
    </message>
    <message>
        <source>The server ends in</source>
        <translation>服务器最后的状态</translation>
    </message>
    <message>
        <source>Octets from the client</source>
        <translation>客户端发送的字节数</translation>
    </message>
    <message>
        <source>Octets from the server</source>
        <translation>服务器发送的字节数</translation>
    </message>
    <message>
        <source>Closed first by</source>
        <translation>先关闭的一方</translation>
    </message>
    <message>
        <source>Reset by</source>
        <translation>复位的一方</translation>
    </message>
    <message>
        <source>Takes at most</source>
        <translation>最长用时</translation>
    </message>
    <message>
        <source>Found at most</source>
        <translation>发现的次数上限</translation>
    </message>
    <message>
        <source>&amp;Client</source>
        <translation>客户端(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>服务器(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Save...</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>复制(&amp;O)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>导出什么</translation>
    </message>
    <message>
        <source>What must hold</source>
        <translation>必须符合的规则</translation>
    </message>
    <message>
        <source>What will be in the file</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Variables and timers</source>
        <translation>变量和计时器</translation>
    </message>
</context>
<context>
    <name>Outputs</name>
    <message>
        <source>No packet has been on the wire.</source>
        <translation>线路上还没有出现过报文。</translation>
    </message>
    <message>
        <source>The script is no longer there: %1.</source>
        <translation>脚本已经不在了：%1。</translation>
    </message>
    <message>
        <source>This connection is too long for a script.</source>
        <translation>这个连接太长，不适合写成脚本。</translation>
    </message>
    <message>
        <source>There can be no script of it: %1.</source>
        <translation>无法写成脚本：%1。</translation>
    </message>
    <message>
        <source>Run with the profile %1: %2</source>
        <translation>以规范版本 %1 运行：%2</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::QuestionStrip</name>
    <message>
        <source>What happens next?</source>
        <translation>接下来会发生什么？</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::StateDiagramView</name>
    <message>
        <source>Connections:</source>
        <translation>连接数：</translation>
    </message>
    <message>
        <source>All %1 connections. Click a state or a change to list those that went there.</source>
        <translation>全部 %1 个连接。点击一个状态或一条转换，列出经过那里的连接。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 connections</source>
        <translation>%1：%3 个连接中有 %2 个</translation>
    </message>
</context>
<context>
    <name>tcplab::gui::StatesPane</name>
    <message>
        <source>All connections</source>
        <translation>全部连接</translation>
    </message>
    <message>
        <source>Where all connections of the capture went in the state diagram  (H)</source>
        <translation>抓包里的全部连接在状态图中的去向  (H)</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
</context>
</TS>
