import type { StreamRecord } from "@clone-xs/server/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { everyStream, restartStream, stopStream } from "../../api/streams.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { restartingStream, stoppingStream } from "../../equivalents/streams.ts";

type Asked = "stop" | "restart";

const WORDS = {
  stop: {
    verb: "Stop",
    busy: "Stopping…",
    title: "Stop this stream?",
    note: "Its run is ended, and what is written to the sources is not copied any more. The copies stay, and a restart goes on from where they are.",
  },
  restart: {
    verb: "Restart",
    busy: "Restarting…",
    title: "Restart this stream?",
    note: "Its run is ended, if it has not, and another is begun. It goes on from where the copies are.",
  },
} as const;

/** What can be done with a stream in the state that is seen; each is asked first, and done once. */
export function StreamActions({ stream: { stream_id, status } }: { stream: StreamRecord }) {
  const [asked, setAsked] = useState<Asked>();
  const lives = status === "starting" || status === "running";
  return (
    <span className="ml-auto flex flex-wrap items-center gap-2">
      {lives && (
        <Button needs="operator" look="danger" onClick={() => setAsked("stop")}>
          Stop
        </Button>
      )}
      <Button
        needs="operator"
        look={lives ? "plain" : "primary"}
        disabled={status === "stopping"}
        onClick={() => setAsked("restart")}
      >
        Restart
      </Button>
      {asked !== undefined && <Question asked={asked} id={stream_id} onClose={() => setAsked(undefined)} />}
    </span>
  );
}

function Question({ asked, id, onClose }: { asked: Asked; id: string; onClose: () => void }) {
  const client = useQueryClient();
  const { verb, busy, title, note } = WORDS[asked];
  const { send, sent, error } = useOnce(asked === "stop" ? stopStream : restartStream, async () => {
    await client.invalidateQueries({ queryKey: everyStream });
    onClose();
  });
  return (
    <Dialog open title={title} note={note} onClose={onClose}>
      <div className="space-y-3">
        {error !== null && <ErrorNotice error={error} />}
        <ByOtherMeans means={asked === "stop" ? stoppingStream(id) : restartingStream(id)} />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look={asked === "stop" ? "danger" : "primary"} disabled={sent} onClick={() => send(id)}>
            {sent ? busy : `${verb} the stream`}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
